"""Words that lines around a text begin with or consist of, in the languages of the larger press. Closed lists."""

import re

PICTURE = (
    r"(?:Photos?|Pictures?|Images?|Photographs?|Illustrations?|Credits?|Fotos?|Bild(?:er)?|Cr[ée]dits?|Foto(?:graf[ií]as?)?"
    r"|Photographies?|Imagen|Imagem|Immagine|Фото|写真|图片|صور[ةه]|تصوير)"
)

MAIL_HEADER = re.compile(
    r"(?P<name>From|To|Cc|Bcc|Subject|Date|Sent|Reply-To|Von|An|Kopie|Betreff|Datum|Gesendet|De|À|Objet|Envoyé|Para|Asunto"
    r"|Enviado|Fecha|От|Кому|Тема|Дата|差出人|宛先|件名|日時):\s",
    re.IGNORECASE,
)
MAIL_SENDER = frozenset({"from", "von", "de", "от", "差出人"})
MAIL_SUBJECT = frozenset({"subject", "betreff", "objet", "asunto", "тема", "件名"})
MAIL_DATE = frozenset({"date", "sent", "datum", "gesendet", "envoyé", "enviado", "fecha", "дата", "日時"})

BYLINE = re.compile(
    r"(?:(?:\w+\s)?by|Von|Par|Por|Di|Door|Propos\srecueillis\spar|(?:Text|Texte|Texto|Interview|Autor(?:in|es)?"
    r"|Authors?|Auteurs?|Автор|Текст|文|作者|记者|بقلم|كتب)\s?[:：])\s*(?=\S)",
    re.IGNORECASE,
)

NOTE = re.compile(
    r"(?:[(\[]?(?:Additional\s)?(?:Reporting|Writing|Editing)\s(?:and\s\w+\s)?by\b|[(\[]?Reportage\sde\b|[(\[]?Reporte\sde\b"
    r"|Mit\sMaterial\b|Übersetzung\b|Translation\b|Translated\sby\b|Aus\sdem\s\w+\svon\b|Avec\s(?:AFP|Reuters|AP)\b|Con\sinformación\sde\b"
    r"|(?:This|The|Dieses|Das|Cet|Esta|Questa)\s(?:interview|conversation|article|story|text|Gespräch|Interview|entretien|entrevista|"
    r"intervista)\s(?:was|has\sbeen|wurde|a\sété|ha\ssido|è\sstata)\s(?:\w+\s){0,3}?(?:edited|shortened|condensed|updated|corrected|"
    r"amended|translated|gekürzt|bearbeitet|aktualisiert|éditée?|corrigé|editad[ao]|modificata)\b"
    r"|Corrections?:|Clarification:|Editor[’']s\snote|Anm(?:erkung)?\.?\sd(?:er|\.)\sRed|Korrektur:|Note\sde\sla\srédaction|Nota\sde\sla\sredacción"
    r"|От\sредакции:|(?:PRESS|NEWS|MEDIA)\sRELEASE$|PRESSEMITTEILUNG$|COMMUNIQUÉ(?:\sDE\sPRESSE)?$|(?:NOTA|COMUNICADO)\sDE\sPRENSA$|COMUNICATO\sSTAMPA$|PERSBERICHT$"
    r"|Check\sagainst\sdelivery|Es\sgilt\sdas\sgesprochene\sWort|Seul\sle\sprononcé\sfait\sfoi|FOR\sIMMEDIATE\sRELEASE\b|EMBARGO|Sperrfrist|Zur\ssofortigen\sVeröffentlichung|POUR\sDIFFUSION\sIMMÉDIATE"
    r"|(?:URGENT|BREAKING|EILMELDUNG|EIL|ALERTE|URGENTE|FLASH|ALERT|速報|СРОЧНО|عاجل)$|MORE\sTO\sFOLLOW|More\s(?:soon|follows)|Mehr\sin\sKürze"
    r"|(?:The\s)?(?:views|opinions)\sexpressed\b|This\s(?:article|column)\s(?:does\snot|reflects)\b|(?:Este|Esta)\s(?:texto|artigo|artículo|columna)\sn(?:ão|o)\sreflete?j?a?\b"
    r"|(?:This\sis\sa\s)?rush\stranscript\b|Our\sstandards:\s"
    r"|(?:Present|Apologies|In\sattendance|Anwesend|Entschuldigt|Présents|Excusés|Presentes|Asistentes):\s|\((?:foto|photo|video|vidéo|audio)s?\)$)",
    re.IGNORECASE,
)
NOTE_HEADING = re.compile(
    r"(?:(?:Media|Press|Presse|Further\s|For\smore\s)?\s?(?:contacts?|inquiries|enquiries|information)|Pressekontakt|Ansprechpartner(?:in)?"
    r"|Kontakt|Contact(?:o|s)?(?:\s(?:de\s)?(?:presse|prensa))?|Contatti|Контакты)\s?:?$|Notes?\s(?:to|for)\seditors?:?$"
    r"|Hinweise?\sfür\s(?:die\s)?Redaktion(?:en)?:?$|Anmerkungen\sfür\sdie\sRedaktion:?$|Notes?\saux\s(?:rédactions|éditeurs):?$"
    r"|No(?:ot|ta)\s(?:voor|per|para)\s(?:de\s|la\s|il\s)?(?:redac?tie|redazione|redacción|redactores|editores)\b.*$",
    re.IGNORECASE,
)
"""Above addresses and remarks that are meant for editors."""

OTHER_TEXTS = re.compile(
    r"(?:Related(?:\s(?:content|articles?|stories|topics|reading|coverage|links))?$|Related:|Read\s(?:more|also|next|on)\b|See\salso\b|Also\sread\b"
    r"|(?:Most\s(?:read|popular|viewed)|More\s(?:on\sthis|stories|from|news)|Recommended|Trending|You\smay\s(?:also\slike|like)|Up\snext|Don[’']t\smiss|What\swe(?:[’']re|\sare)\sreading|Further\sreading|Elsewhere)\b"
    r"|Mehr\szum\sThema|Lesen\sSie\s(?:auch|mehr)|Das\skönnte\sSie\s(?:auch\s)?interessieren|Auch\sinteressant|Meistgelesen|Weitere\s(?:Artikel|Meldungen)"
    r"|[ÀA]\slire\s(?:aussi|également)|Lire\s(?:aussi|la\ssuite)|Sur\sle\smême\ssujet|Les\splus\slus"
    r"|(?:Lea|Lee|Leer)\s(?:también|más)|Noticias\srelacionadas|Te\spuede\sinteresar|Lo\smás\sleído|Leia\s(?:também|mais)|Leggi\sanche|Lees\sook"
    r"|Читайте\sтакже|Читать\sтакже|По\sтеме|Читайте\sтакож|Czytaj\s(?:też|także)"
    r"|関連(?:記事|ニュース|リンク)|あわせて読みたい|相关(?:阅读|新闻|报道)|延伸閱讀|관련\s?기사|اقرأ\sأيض[اً]+|مواضيع\sذات\sصلة|إقرأ\sأيضا)",
    re.IGNORECASE,
)
"""What stands above other texts, or before the title of one."""

NAVIGATION = re.compile(
    r"(?:Skip\sto\b.*|Home(?:page)?|News|Menu|Menü|Search|Suche|Sign\s(?:in|up)|Log\s?in|Anmelden|Register|Subscribe(?:\snow)?|Abonnieren|S[’']abonner|Suscríbete"
    r"|Share(?:\sthis)?(?:\s(?:article|story|page))?|Teilen|Partager|Compartir|Save|Merken|Print|Drucken|Imprimer|Copy\slink|Link\skopieren|Facebook|Twitter|X"
    r"|WhatsApp|LinkedIn|E-?mail|Listen(?:\sto\sthis\s(?:article|story))?|Artikel\s(?:an)?hören|Vorlesen|Écouter(?:\sl[’']article)?|\d+\s?-?min(?:ute)?s?\.?(?:\sread|\sLesezeit|\sde\slecture)?"
    r"|Lesezeit:?.*|Temps\sde\slecture.*|Advertisement|Anzeige|Werbung|Publicité|Publicidad|Реклама|広告|Sponsored(?:\scontent)?|Topics?|Tags?|Themen|Schlagwörter|Thèmes|Temas|"
    r"Comments?(?:\s\(\d+\))?|\d+\s(?:comments?|Kommentare?|commentaires?)|Kommentare|Leave\sa\s(?:comment|reply)|Privacy(?:\s(?:policy|notice|settings))?|Datenschutz|Cookies?(?:\s\w+)?|"
    r"Terms(?:\s(?:of|and)\s\w+)?|Impressum|Kontakt|Contact(?:\sus)?|About\sus|Über\suns|Accessibility|Newsletter|Advertise(?:\swith\sus)?|Back\sto\stop|Nach\soben|Load\smore|Show\smore|Next|Previous|Weiter|Zurück"
    r"|Reply|Antworten|Répondre|Responder|Rispondi|Ответить|Відповісти|\d+\s(?:likes?|shares?|views|replies|Gefällt\smir)"
    r"|(?:Filed\sunder|Posted\sin|Tagged(?:\sas)?|Tags?|Topics?|Categor(?:y|ies)|Keywords|Schlagw[oö]rter|Stichworte|Themen|Kategorien?|Mots-clés|Étiquettes|Etiquetas|Palavras-chave"
    r"|Temas|Parole\schiave|Теги|Метки|Темы):?\s.*[^.]"
    r"|(?:Continua|Continúa)\s(?:depois|después)\sd[ae]\s(?:la\s)?publici\w+|(?:Article|Story)\scontinues\sbelow.*|Continue\sreading.*|Weiterlesen.*|Lire\sla\ssuite.*"
    r"|Follow\sus(?:\son\b.*)?|Folgen\sSie\suns.*|Suivez-nous.*|Síguenos.*)$"
    r"|Advertisement\b|Share\sthis\b|Anzeige\b|You\s(?:are\sreceiving|received?)\sthis\b|(?:Did\ssomebody|Was\sthis|Were\syou|Has\ssomeone)\b.{0,40}\bforward(?:ed)?\b.*|Sie\serhalten\sdiese|Vous\srecevez\s(?:ce|cet|cette)\b|(?:To\s)?(?:unsubscribe|leave\sthis\s(?:list|group))\b"
    r"|Vom\sNewsletter\sabmelden|Abbestellen\b|Se\sdésabonner\b|Darse\sde\sbaja\b|View\s(?:this\semail\s)?in\s(?:your\s)?browser|Manage\s(?:your\s)?preferences|Continued\s(?:on|from)\spage|Fortsetzung\s(?:auf|von)\sSeite"
    r"|(?:Підписуйтесь|Підписуйтеся|Подписывайтесь)\s(?:на|в)\b|(?:Якщо\sви|Если\sвы)\s(?:помітили|знайшли|заметили|нашли)\s(?:помилку|ошибку)|(?:Нашли|Знайшли)\s(?:ошибку|помилку)\?"
    r"|(?:Blog\sat|Powered\sby)\s\w[\w.]*$|Suite\s(?:en\s)?page|Continúa\sen\s(?:la\s)?página|(?:Like\sthis\?|Enjoyed\sthis|Gefällt\sIhnen).*\b(?:subscribe|newsletter|abonnieren)\b.*",
    re.IGNORECASE,
)
LABELS = re.compile(r"(?:Topics?|Tags?|Themen|Schlagwörter|Thèmes|Temas)$", re.IGNORECASE)
"""Above a list of a word or two each."""

END_MARK = re.compile(
    r"(?:(?:Page|Seite|Página|Pagina|Стр\.?|p\.)\s\d+|#(?:\s?#)+|\*(?:\s?\*)+|[-–—]\s?(?:30|ends?|Ende|fin)\s?[-–—]|ENDS|ENDE|FIN)$"
)
COPYRIGHT = re.compile(
    r"(?:©|【?责任编辑|编辑[:：]|\([cC]\)\s|Copyright\b|Alle\sRechte\svorbehalten|All\srights\sreserved)"
)
SIGN_OFF = re.compile(r"[a-z]{2,5}(?:[/-][a-z]{2,5}){1,4}$|[a-z]{2,3}(?: [a-z]{2,3}){1,4}$")
"""“ylg/mcl/abd”: who wrote and edited it, as agencies sign."""

RUBRIC = re.compile(
    r"(?:Opinion|Comment(?:ary)?|Analysis|Editorial|Leader|Letters?|Interview|Review|Obituary|Transcript|Exclusive|Explainer|Feature|Column"
    r"|Meinung|Kommentar|Analyse|Leitartikel|Leserbriefe?|Nachruf|Kolumne|Gastbeitrag|Exklusiv|Hintergrund|Tribune|Éditorial|Entretien|Chronique|Enquête"
    r"|Opinión|Análisis|Entrevista|Reportaje|Columna|Opinião|Análise|Coluna|Artigo|Opinione|Intervista|Editoriale|Opinie|Commentaar"
    r"|Мнение|Интервью|Аналитика|Колонка|Думка|Інтервʼю|Аналітика)$",
    re.IGNORECASE,
)
"""Says what kind of text stands below it."""

SALUTATION = re.compile(
    r"(?:Dear|Hello|Hi|Sehr\sgeehrte|Liebe|Hallo|Cher|Chère|Bonjour|Estimad|Querid|Уважаем|Дорог)\w*\b.{0,60},$"
)
CLOSING = re.compile(
    r"(?:Yours|Sincerely|(?:Kind|Best|Warm)?\s?regards|Mit\s(?:\w+\s)?Grüßen|(?:Viele|Herzliche|Beste)\sGrüße|Hochachtungsvoll|Cordialement"
    r"|Atentamente|Saludos|Cordiali\ssaluti|С\sуважением)[\w\s]{0,20},?$",
    re.IGNORECASE,
)

SOURCE_LABEL = re.compile(
    r"\s*(?:[|·]\s*)?(?:Source|Quelle|Fuente|Fonte|Bron|Источник|来源|來源|出典|출처|المصدر)\s?[:：]\s*(?P<who>.{2,40})$",
    re.IGNORECASE,
)
"""“来源：新华社”, at the end of a line."""

DATE_LABEL = re.compile(
    r"(?:First\s)?(?:Published|Posted|Delivered|Filed|Answered|Issued|Released|Updated|Last\s(?:updated|modified)|Modified|Dated?|Veröffentlicht|Erschienen|Aktualisiert|Stand|Datum|"
    r"Publiée?|Mise?\sà\sjour|Modifiée?|Publicado|Actualizado|Pubblicato|Aggiornato|Publicado\sem|Опубликовано|Обновлено|公開|掲載|更新|发布|نشر|تاريخ\sالنشر)\b\s?(?:on|at|am|le|el|em|il)?\s?[:：]?",
    re.IGNORECASE,
)
UPDATE_LABEL = re.compile(
    r"(?:Last\s)?(?:Updated|Modified|Aktualisiert|Mise?\sà\sjour|Modifiée?|Actualizado|Aggiornato|Обновлено|更新)",
    re.IGNORECASE,
)
