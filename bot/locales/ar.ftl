### ما يقوله البوت بنفسه في المحادثة، بالعربية الفصحى.
### Commands stand between \u2066 and \u2069, so that their slash stays in front of them.

locale = ar

## Greeting and help

welcome =
    يجيب On the Record عن أسئلتك حول ما ورد في الأخبار باقتباسات حرفية من المقالات، ويذكر من قال ذلك وأين ومتى. ولا يختلق جملة واحدة.

    أرسل سؤالك بصياغتك الخاصة. أفهم الأسئلة المكتوبة بالإنجليزية، لأن المقالات بالإنجليزية أيضًا.
welcome-examples = على سبيل المثال:
help =
    أرسل سؤالك بالإنجليزية، وسأبحث عن الجمل التي تجيب عنه. ما تراه داخل الاقتباس منقول حرفيًا من المقالة، والعنوان أسفله يقودك إلى المصدر، ورقم الفقرة إلى إيصال يستطيع أي أحد فتحه.

    ردّ على إجابة لتسأل المزيد: {"\u2066"}when?{"\u2069"} أو عدّل سؤالك بعد قليل فتتغيّر إجابته. وأعد توجيه رسالة إليّ لأبحث عما ورد في الأخبار عنها.

    في المجموعات ضع {"\u2066"}/ask{"\u2069"} أو اسمي قبل السؤال:
    {"\u2066"}/ask who denied involvement?{"\u2069"}
    ردّ على رسالة أحدهم بـ {"\u2066"}/ask{"\u2069"} وحده لأبحث عما ورد في الأخبار عنها.

    يعرض {"\u2066"}/status{"\u2069"} ما يجري البحث فيه، و{"\u2066"}/latest{"\u2069"} و{"\u2066"}/sources{"\u2069"} ما هو موجود، ويعرض {"\u2066"}/article{"\u2069"} مقالة كاملة.
    وإن لم تجب أي جملة عن السؤال قلت ذلك صراحة، وعرضت أقرب ما وجدته إن وُجد.
ask-how =
    اكتب السؤال بعد الأمر، هكذا:
    {"\u2066"}/ask who denied involvement?{"\u2069"}
    أو ردّ على رسالة بـ {"\u2066"}/ask{"\u2069"} لأبحث عما ورد في الأخبار عنها.
unknown-command = لا أعرف هذا الأمر. يعرض {"\u2066"}/help{"\u2069"} ما أستطيع فعله.
example-gone = تغيّرت المقالات منذ ذلك الحين. يعرض {"\u2066"}/start{"\u2069"} أمثلة جديدة.
apology = عذرًا، حدث خطأ من جانبي. سُجّل الخطأ، فحاول مرة أخرى لاحقًا من فضلك.

## Menus: at most 256 characters each

menu-start = ما هذا البوت، مع أمثلة
menu-ask = اطرح سؤالًا: {"\u2066"}/ask who denied involvement?{"\u2069"}
menu-help = كيف تسأل
menu-status = ما يجري البحث فيه
menu-reload = قراءة المقالات من جديد

## The bot's profile: at most 512 and 120 characters

description =
    اسأل عما ورد في الأخبار، واحصل على اقتباسات حرفية من المقالات: من قال ذلك وأين ومتى، مع رابط إلى المصدر. لا شيء مختلق. اكتب أسئلتك بالإنجليزية.

    في المجموعات ضع {"\u2066"}/ask{"\u2069"} قبل السؤال.
short-description = يجيب عن أسئلة الأخبار باقتباسات حرفية مع مصادرها.

## Above and below an answer

understood = ما فُهم من السؤال: { $notes }.
understood-two = { $one }؛ { $two }
understood-day = في { $day }
understood-days = من { $first } إلى { $last }
understood-since = منذ { $day }
understood-before = قبل { $day }
understood-newest_first = الأحدث أولًا
understood-about = عن { $name }
understood-read_as = قُرئت { $word } على أنها { $meant }
newest-match = أحدث مقالة مطابقة: { $day }.

heading-closest = لا توجد جملة تجيب عن هذا السؤال. أقرب ما عُثر عليه:
heading-related = لا توجد جملة تجيب عن هذا السؤال.
heading-nothing = لم يُعثر على شيء.

reason-empty_question = لا يحتوي السؤال على كلمة يمكن البحث عنها.
reason-empty_corpus = لا توجد بعد مقالات للبحث فيها.
reason-no_articles_in_range = لم تُنشر أي مقالة في الفترة التي تسأل عنها.
reason-unknown_words = لا ترد كلمات السؤال في أي مقالة.
reason-unknown_name = لا يرد الاسم الذي تسأل عنه في أي مقطع عُثر عليه.
reason-no_statement_by_speaker = لا تنقل أي مقالة عمّن تسأل عنه قولًا في هذا الموضوع.
reason-no_such_detail = لا تذكر أي جملة عُثر عليها العدد أو التاريخ أو الفعل الذي تسأل عنه.
reason-too_little_in_common = لا تجتمع في أي جملة كلمات كافية من السؤال.

words-unknown = لا يرد في أي مقالة { $words }.
quoted-word = «{ $word }»

searched =
    { $articles ->
        [zero] لم يكن هناك ما يُبحث فيه.
        [one] جرى البحث في مقالة واحدة.
        [two] جرى البحث في مقالتين.
        [few] جرى البحث في { $articles } مقالات.
        [many] جرى البحث في { $articles } مقالةً.
       *[other] جرى البحث في { $articles } مقالة.
    }
searched-day =
    { $articles ->
        [zero] لم يكن هناك ما يُبحث فيه، { $day }.
        [one] جرى البحث في مقالة واحدة، { $day }.
        [two] جرى البحث في مقالتين، { $day }.
        [few] جرى البحث في { $articles } مقالات، { $day }.
        [many] جرى البحث في { $articles } مقالةً، { $day }.
       *[other] جرى البحث في { $articles } مقالة، { $day }.
    }
searched-days =
    { $articles ->
        [zero] لم يكن هناك ما يُبحث فيه، من { $first } إلى { $last }.
        [one] جرى البحث في مقالة واحدة، من { $first } إلى { $last }.
        [two] جرى البحث في مقالتين، من { $first } إلى { $last }.
        [few] جرى البحث في { $articles } مقالات، من { $first } إلى { $last }.
        [many] جرى البحث في { $articles } مقالةً، من { $first } إلى { $last }.
       *[other] جرى البحث في { $articles } مقالة، من { $first } إلى { $last }.
    }

## A quotation's source

side-claim = ما يُدّعى
side-denial = ما يُنفى
side-neither = وورد أيضًا في هذا الشأن

speaker-inferred = { $speaker } (استنتاجًا)
speaker-line = — { $speaker }
untitled = بلا عنوان
paragraph = الفقرة { $number }
summary-only = ملخص فقط
source-two = { $one }، { $two }
source = { $title }، { $details }
source-also = { $title }، { $details }؛ { $also }
also-in =
    { $articles ->
        [zero] لم يرد في مقالات أخرى
        [one] ورد أيضًا في مقالة أخرى
        [two] ورد أيضًا في مقالتين أخريين
        [few] ورد أيضًا في { $articles } مقالات أخرى
        [many] ورد أيضًا في { $articles } مقالةً أخرى
       *[other] ورد أيضًا في { $articles } مقالة أخرى
    }
also-independent = { $also } (عدد المقالات { $all }، والمستقل منها { $independent })
newer-version = لهذه المقالة نسخة أحدث مؤرخة في { $day }، ومعرّفها { $id }

## /status

status =
    المقالات: { $articles }
    المقاطع: { $passages }
    أحدث مقالة: { $newest }
    إصدار المجموعة: { $version }
    وقت التحميل: { $day }، { $time } بالتوقيت العالمي
status-not-dated = بلا تاريخ

## /reload

reload-running = إعادة التحميل جارية بالفعل.
reload-reading = جارٍ قراءة المقالات…
reload-progress =
    { $stage ->
        [indexing] جارٍ فهرسة المقالات: { $percent }%
       *[reading] جارٍ قراءة المقالات: { $percent }%
    }
reload-failed =
    فشلت إعادة التحميل: { $reason }
    لم يتغير شيء، وما زلت أجيب من الإصدار { $version }.
reload-done = اكتملت إعادة التحميل خلال { NUMBER($seconds, minimumFractionDigits: 1, maximumFractionDigits: 1) } ث.
reload-added =
    { $articles ->
        [zero] أُضيف: لا شيء
        [one] أُضيفت: مقالة واحدة
        [two] أُضيفت: مقالتان
        [few] أُضيفت: { $articles } مقالات
        [many] أُضيفت: { $articles } مقالةً
       *[other] أُضيفت: { $articles } مقالة
    }
reload-changed =
    { $articles ->
        [zero] تغيّر: لا شيء
        [one] تغيّرت: مقالة واحدة
        [two] تغيّرت: مقالتان
        [few] تغيّرت: { $articles } مقالات
        [many] تغيّرت: { $articles } مقالةً
       *[other] تغيّرت: { $articles } مقالة
    }
reload-removed =
    { $articles ->
        [zero] أُزيل: لا شيء
        [one] أُزيلت: مقالة واحدة
        [two] أُزيلت: مقالتان
        [few] أُزيلت: { $articles } مقالات
        [many] أُزيلت: { $articles } مقالةً
       *[other] أُزيلت: { $articles } مقالة
    }
reload-unreadable = تعذّرت قراءته: { $count }
reload-item = {"  "}{ $text }
reload-more = {"  "}و{ $count } غير ذلك
reload-same-version = الإصدار: { $version }، كما كان
reload-new-version = الإصدار: { $old } سابقًا، و{ $new } الآن

## صفحات الجواب وأزراره. الرقم بعد الكلمة يدل على الاقتباس المقصود.

page = من { $first } إلى { $last } من أصل { $all }
lost-changed = { $article }: تغيّرت المقالة منذ ذلك الحين، فلا يُعرض ما وُجد فيها.
lost-left = { $article }: لم تعد المقالة في المجموعة، فلا يُعرض ما وُجد فيها.
context = في سياقه
also-heading = الجملة نفسها في مقالات أخرى:
also-gone = لم تعد أي مقالة أخرى تورد الجملة بحروفها.
list-page = الصفحة { $page } من { $pages }

button-more = المزيد ›
button-previous = ‹ السابق
button-answer = ‹ الجواب
button-receipt = ‹ الإيصال
button-picked = • { $number } •
button-context = السياق
button-context-of = السياق { $number }
button-copy = نسخ المصدر
button-copy-of = نسخ المصدر { $number }
button-share = مشاركة
button-share-of = مشاركة { $number }
button-also =
    { $articles ->
        [zero] لا مقالات أخرى
        [one] في مقالة أخرى أيضًا
        [two] في مقالتين أخريين أيضًا
        [few] في { $articles } مقالات أخرى أيضًا
        [many] في { $articles } مقالةً أخرى أيضًا
       *[other] في { $articles } مقالة أخرى أيضًا
    }
button-helpful = مفيد
button-not-helpful = غير مفيد

voted-helpful = شكرًا. سُجّل أن الجواب مفيد.
voted-not-helpful = شكرًا. سُجّل أن الجواب غير مفيد.
answer-forgotten = لم أعد أذكر هذا الجواب. اطرح السؤال مرة أخرى من فضلك.
not-at-the-moment = لا أستطيع البحث عن ذلك الآن. حاول مرة أخرى لاحقًا من فضلك.
article-changed = تغيّرت المقالة منذ ذلك الحين، فلا أعرضها مكان ما اقتُبس.
article-left = لم تعد المقالة في المجموعة، فلا أستطيع عرضها.

## إيصال الاقتباس، ويفتحه رابطه الدائم

receipt-unchanged = لم يتغير منذ { $day }
receipt-changed = تغيّر المصدر في { $day }. هذا ما كان مكتوبًا فيه:
receipt-changed-since = تغيّر المصدر منذ { $day }. هذا ما كان مكتوبًا فيه:
receipt-left = خرجت المقالة من المجموعة في { $day }. هذا ما كان مكتوبًا فيها:
receipt-left-since = خرجت المقالة من المجموعة منذ { $day }. هذا ما كان مكتوبًا فيها:
receipt-article = المقالة: { $id }
receipt-hash = بصمة SHA-256 لنصها: { $hash }
receipt-place = الحروف من { $start } إلى { $end } من نصها
receipt-cited = اقتُبس أول مرة في { $day }
receipt-unknown = لا أعرف هذا الرابط. ربما كان مقطوعًا أو أقدم من ذاكرتي.

## /sources و/latest و/article

menu-sources = ناشرو المقالات
menu-latest = أحدث المقالات
menu-article = قراءة مقالة: {"\u2066"}/article{"\u2069"} ثم معرّفها

no-articles = لا توجد مقالات لعرضها بعد.
sources-heading =
    { $publishers ->
        [zero] لا ناشرين
        [one] ناشر واحد
        [two] ناشران
        [few] { $publishers } ناشرين
        [many] { $publishers } ناشرًا
       *[other] { $publishers } ناشر
    }
sources-item =
    { $articles ->
        [zero] { $publisher }: لا مقالات
        [one] { $publisher }: مقالة واحدة
        [two] { $publisher }: مقالتان
        [few] { $publisher }: { $articles } مقالات
        [many] { $publisher }: { $articles } مقالةً
       *[other] { $publisher }: { $articles } مقالة
    }
publisher-unknown = بلا ناشر مذكور
latest-heading = أحدث المقالات
article-how =
    لقراءة مقالة اكتب معرّفها بعد الأمر، مثلًا:
    {"\u2066"}/article { $id }{"\u2069"}
article-unknown = لا توجد مقالة معرّفها { $id }. الأقرب إليه:
article-id = المعرّف: { $id }
article-passages =
    { $passages ->
        [zero] لا مقاطع
        [one] مقطع واحد
        [two] مقطعان
        [few] { $passages } مقاطع
        [many] { $passages } مقطعًا
       *[other] { $passages } مقطع
    }
article-undated = بلا تاريخ
article-reread = تغيّرت المقالة منذ ذلك الحين. أرسل {"\u2066"}/article{"\u2069"} ثم معرّفها مرة أخرى لقراءتها كما هي الآن.

## Delivery

# More is asked than can be answered.
busy = لديّ الآن أكثر مما أستطيع إنجازه. يُرجى إعادة السؤال بعد دقيقة.
# Questions waited while the bot was away.
late = كنت غائبًا، وما سُئل هنا في تلك الأثناء صار أقدم من أن أجيب عنه الآن. إن كنت لا تزال تريد الجواب فأعد السؤال من فضلك.
too-slow = استغرق البحث وقتًا أطول من اللازم فأوقفتُه. حاول مرة أخرى من فضلك، وربما بكلمات أقل.
# To the admins. $reason is in English: it is also in the log.
alarm-set-aside = تعذّرت معالجة التحديث { $update } فوُضع جانبًا. السبب: { $reason }. التفاصيل في السجل.
alarm-state = تعذّر تدوين ما يجب حفظه: { $reason }. أواصل العمل من الذاكرة، ويضيع ما ينتظر إذا أُوقفتُ الآن.
# Updates no longer come, or the program that brings them failed. $reason is in English.
alarm-polling = لم تعد الرسائل تصلني من تيليغرام ({ $reason })، فبدأت جلبها من جديد. التفاصيل في السجل.
# $count: how often the program did not end in good order within the last hour, three or more.
alarm-crashes = أُعيد تشغيلي بعد توقف مفاجئ تكرر خلال ساعة، وعدد المرات: { $count }. قد يوضح السجل السبب.
# The database could not be opened at the start. $reason is in English.
alarm-no-state = بدأت العمل دون قاعدة البيانات: { $reason }. أجيب عن الأسئلة لكنني لا أتذكر شيئًا: لا أزرار ولا أسئلة متابعة ولا إحصاءات.
# A reload that nobody asked for in a chat: by schedule, by a change of the folder. $reason is in English.
alarm-reload = تعذرت قراءة المقالات من جديد: { $reason }. ما زلت أجيب من المقالات التي عندي.
# A reload that nobody asked for would break golden questions. $questions are ids and questions.
alarm-golden = مع المقالات كما هي الآن لن تعود الإجابة صحيحة عن بعض أسئلة الاختبار ({ $count }): { $questions } ما زلت أجيب من المقالات التي عندي. أرسل /reload للبت في ذلك.
# A feed could not be fetched, or written. $reason is in English.
alarm-feed = لا يصل شيء من أحد مصادر الأخبار: { $reason }
# At the start. $about is the name of a file or the id of an article.
alarm-undecided = كان تغيير في المقالات ({ $about }) ينتظر التأكيد حين توقفتُ. أُلغي التغيير ولم يتغير شيء.

## /privacy and /forget

menu-privacy = ما أخزّنه عنك
menu-forget = حذف ما أخزّنه عنك

# $questions is one of the next message's forms.
privacy =
    ما أخزّنه، ومدّة ذلك:

    • عن الجواب: من سأل، وفي أي محادثة ومتى، وبأي لغة، وأي الجمل عُرضت، حتى تعمل أزراره وتُفهم الأسئلة اللاحقة. وكذلك هل رآه أحد مفيدًا. كل ذلك لعدد من الأيام: { $days }.
    • { $questions }
    • الرسالة الموجّهة إليّ إلى أن يُجاب عنها؛ وبعدها لا يبقى إلا رقمها، لعدد من الأيام: { $updates }، حتى لا يُجاب عن شيء مرتين.
    • عن المحادثة: ما اختير فيها، كاللغة، إلى أن تحذفه.
    • أي الجمل اقتُبست، على الدوام؛ لا من سأل عنها.
    • كم مرة سُئل شيء أو تعذّر، أعدادًا مجرّدة.

    لا يُسلَّم شيء إلى أحد. الأمر {"\u2066"}/forget{"\u2069"} يحذف ما هو مخزّن عنك.
privacy-questions =
    { $kept ->
        [true] نصوص الأسئلة، للمدة نفسها.
       *[false] لا تُخزَّن نصوص الأسئلة.
    }
privacy-memory =
    لا أخزّن شيئًا يبقى بعد إعادة التشغيل. وإلى ذلك الحين أعرف أي الجمل عرضها الجواب، حتى تعمل أزراره.

    الأمر {"\u2066"}/forget{"\u2069"} يحذف فورًا ما أعرفه عنك.
forget-sure = هل أحذف كل ما هو مخزّن عنك؟ لن تعمل بعد ذلك الأزرار تحت أجوبتك السابقة.
forget-yes = حذف
forget-no = إبقاء
forget-kept = لم يُحذف شيء.
forget-not-yours = هذا السؤال موجّه إلى شخص آخر. أرسل {"\u2066"}/forget{"\u2069"} بنفسك.
forget-anonymous = لا أرى من أنت. أرسل {"\u2066"}/forget{"\u2069"} باسمك، لا باسم المجموعة أو القناة.
forget-nothing = لا يوجد ما يُحذف: لا شيء مخزّن.
forget-failed = تعذّر الحذف الآن. حاول مرة أخرى لاحقًا من فضلك.
forgotten = حُذف ما يلي:
forgotten-nothing = لم يكن شيء مخزّنًا عنك.
forgotten-answers = الأجوبة: { $count }
forgotten-feedback = الآراء في الأجوبة: { $count }
forgotten-questions = نصوص الأسئلة: { $count }
forgotten-chats = ما اختير في هذه المحادثة: { $count }
forgotten-updates = آثار الرسائل: { $count }

## Asking, in private chats and in groups

greeting =
    مرحبًا! أجيب عن الأسئلة حول ما ورد في الأخبار باقتباسات حرفية من المقالات. اكتبوا أسئلتكم بالإنجليزية.

    اسألوني بـ {"\u2066"}/ask{"\u2069"} أو باسمي:
    {"\u2066"}/ask who denied involvement?{"\u2069"}
    {"\u2066"}{ $name } who denied involvement?{"\u2069"}
    ردّوا على إجابتي لتسألوا المزيد. وردّوا على رسالة أحدهم بـ {"\u2066"}/ask{"\u2069"} وحده لأبحث عما ورد في الأخبار عنها.

    لا ألتفت إلى أي شيء آخر يُقال هنا.
hint-words = أبحث عن الكلمات. أرسل إليّ سؤالًا، مثل: {"\u2066"}who denied involvement?{"\u2069"}
hint-courtesy = على الرحب والسعة. اسألني متى أردت أن تعرف ما تذكره المقالات.
hint-link = لا أستطيع فتح الروابط. أرسل إليّ نص ما فيها أو سؤالًا عنه.
hint-file = لا أقرأ إلا الكلمات. أرسل إليّ سؤالًا، أو صورة أو ملفًا مع بعض الكلمات تحته.
hint-claim = ليس في تلك الرسالة كلمات يمكنني البحث عنها.
too-many =
    { $questions ->
        [zero] كان ذلك سريعًا جدًا: لا أقبل أي سؤال ({ $questions }) في الدقيقة من الشخص الواحد.
        [one] كان ذلك سريعًا جدًا: أقبل سؤالًا واحدًا ({ $questions }) في الدقيقة من الشخص الواحد.
        [two] كان ذلك سريعًا جدًا: أقبل سؤالين ({ $questions }) في الدقيقة من الشخص الواحد.
        [few] كان ذلك سريعًا جدًا: أقبل { $questions } أسئلة في الدقيقة من الشخص الواحد.
        [many] كان ذلك سريعًا جدًا: أقبل { $questions } سؤالًا في الدقيقة من الشخص الواحد.
       *[other] كان ذلك سريعًا جدًا: أقبل { $questions } سؤال في الدقيقة من الشخص الواحد.
    } { $seconds ->
        [zero] تابع الآن ({ $seconds }) من فضلك.
        [one] تابع بعد ثانية واحدة ({ $seconds }) من فضلك، ولن أجيب حتى ذلك الحين.
        [two] تابع بعد ثانيتين ({ $seconds }) من فضلك، ولن أجيب حتى ذلك الحين.
        [few] تابع بعد { $seconds } ثوانٍ من فضلك، ولن أجيب حتى ذلك الحين.
        [many] تابع بعد { $seconds } ثانية من فضلك، ولن أجيب حتى ذلك الحين.
       *[other] تابع بعد { $seconds } ثانية من فضلك، ولن أجيب حتى ذلك الحين.
    }
too-many-in-chat =
    { $questions ->
        [zero] كان ذلك سريعًا جدًا: لا أقبل أي سؤال ({ $questions }) في الدقيقة منكم جميعًا هنا.
        [one] كان ذلك سريعًا جدًا: أقبل سؤالًا واحدًا ({ $questions }) في الدقيقة منكم جميعًا هنا.
        [two] كان ذلك سريعًا جدًا: أقبل سؤالين ({ $questions }) في الدقيقة منكم جميعًا هنا.
        [few] كان ذلك سريعًا جدًا: أقبل { $questions } أسئلة في الدقيقة منكم جميعًا هنا.
        [many] كان ذلك سريعًا جدًا: أقبل { $questions } سؤالًا في الدقيقة منكم جميعًا هنا.
       *[other] كان ذلك سريعًا جدًا: أقبل { $questions } سؤال في الدقيقة منكم جميعًا هنا.
    } { $seconds ->
        [zero] تابعوا الآن ({ $seconds }) من فضلك.
        [one] تابعوا بعد ثانية واحدة ({ $seconds }) من فضلك، ولن أجيب حتى ذلك الحين.
        [two] تابعوا بعد ثانيتين ({ $seconds }) من فضلك، ولن أجيب حتى ذلك الحين.
        [few] تابعوا بعد { $seconds } ثوانٍ من فضلك، ولن أجيب حتى ذلك الحين.
        [many] تابعوا بعد { $seconds } ثانية من فضلك، ولن أجيب حتى ذلك الحين.
       *[other] تابعوا بعد { $seconds } ثانية من فضلك، ولن أجيب حتى ذلك الحين.
    }

## Asked inline, in any chat, and as a guest. What stands above the rows is at most 64 characters.

inline-title = { $who } · { $day }
inline-changed = تغيّر المصدر منذ ذلك الحين
inline-left = لم تعد المقالة في المجموعة
inline-how = اكتب سؤالًا بعد اسمي
inline-closest = لا جملة تجيب عن هذا. الأقرب إليه:
inline-nothing = لم أجد شيئًا. اسألني في محادثتنا
inline-not-now = لا أستطيع البحث عن ذلك الآن
inline-too-many = كان ذلك سريعًا جدًا. تابع بعد { $seconds } ث
button-check = تحقّق من الاقتباس
button-more-in-private = المزيد في محادثة خاصة

## /stats and /gaps: for admins, in their private chat

menu-stats = كم سؤالًا يُطرح وإلامَ ينتهي
menu-gaps = أسئلة لم تجد جوابًا

# $command: /stats or /gaps.
admin-only = الأمر { $command } لمشرفي هذا البوت. رقم حسابك هو { $user }.
admin-private = الأمر { $command } لمشرفي هذا البوت، ولا أجيب عنه إلا في محادثتهم الخاصة معي.

stats-today = اليوم (UTC)
stats-week = آخر 7 أيام
stats-questions = الأسئلة: { $questions }
# How many ended how: indented, below the number of questions.
stats-ending-answered = {"  "}أُجيب عنها: { $count }
stats-ending-related = {"  "}لها ما يقاربها فقط: { $count }
stats-ending-nothing = {"  "}لم يوجد لها شيء: { $count }
stats-ending-too_slow = {"  "}تُركت لأن البحث طال: { $count }
stats-ending-too_many = {"  "}لم يُجب عنها لكثرة الأسئلة: { $count }
stats-ending-late = {"  "}لم يُجب عنها لأنها قدمت: { $count }
stats-ending-busy = {"  "}رُدّت لكثرة العمل: { $count }
stats-ending-failed = {"  "}أخفقت: { $count }
stats-latency = زمن الجواب: نصفها خلال نحو { $median } ث، و95 % منها خلال نحو { $p95 } ث
# $languages: a list of codes of languages, each with a number.
stats-languages = لغات السائلين: { $languages }
# A word or a code, and how often.
stats-counted = { $what } ({ $count })
stats-inline = عمليات بحث في محادثات أخرى (inline): { $count }
stats-votes = وُجد مفيدًا: { $helpful }، وغير مفيد: { $other }
# $terms: a list of words, each with a number.
stats-terms = أكثر ما سُئل عنه دون جواب: { $terms }
stats-no-terms = لا سؤال في هذه الأيام بقي دون جواب.
stats-terms-off = لا يُعرف أي الكلمات تُسأل دون جواب، فالأسئلة لا تُحفظ. يبين ⁦/gaps⁩ كيف تُحفظ.
# $command installs it.
stats-no-plot = مع هذا صورة، لكن ما يرسمها غير مثبت. حيث يعمل البوت: { $command }
stats-plot =
    آخر 7 أيام (UTC).
    في الأعلى: الأسئلة، من الأسفل إلى الأعلى: ما أُجيب عنه (أخضر)، وما له ما يقاربه فقط (أصفر)، وما لم يوجد له شيء (أحمر)، والباقي (رمادي).
    في الأسفل: خلال كم ثانية جاء نصف الأجوبة (داكن) و95 % منها (فاتح).

gaps-heading =
    { $questions ->
        [zero] لا أسئلة بلا جواب.
        [one] سؤال واحد لم يجد جوابًا.
        [two] سؤالان لم يجدا جوابًا. الأحدث أولًا:
        [few] { $questions } أسئلة لم تجد جوابًا. الأحدث أولًا:
        [many] { $questions } سؤالًا لم تجد جوابًا. الأحدث أولًا:
       *[other] { $questions } سؤال لم تجد جوابًا. الأحدث أولًا:
    }
gaps-item =
    { $day }، { $time } UTC، { $outcome ->
        [related] ما يقاربه فقط
       *[nothing] لم يوجد شيء
    }:
    { $question }
gaps-none = كل سؤال محفوظ وجد جوابًا، أو لم يُسأل شيء بعد.
# $setting is to be set where the bot runs.
gaps-off = لا تُحفظ الأسئلة، فلا أعرف أيها لم يجد جوابًا. لحفظ نصوص الأسئلة من الآن اضبط { $setting } وأعد تشغيلي، ويخبر /privacy الجميع بذلك.
gaps-exported =
    { $count ->
        [zero] لا أسئلة بلا جواب.
        [one] سؤال واحد بلا جواب، لبرنامج جداول.
        [two] سؤالان بلا جواب، لبرنامج جداول.
        [few] { $count } أسئلة بلا جواب، لبرنامج جداول.
        [many] { $count } سؤالًا بلا جواب، لبرنامج جداول.
       *[other] { $count } سؤال بلا جواب، لبرنامج جداول.
    }
button-export = ملف (CSV)

## المشرفون يغيّرون المجموعة: /reload و/rollback و/audit و/add و/remove و/restore

menu-rollback = الرجوع إلى إصدار سابق من المقالات
menu-audit = ما جرى للمقالات ومن أجراه
menu-add = إضافة مقالة: مستند أو نص
menu-remove = سحب مقالة: {"\u2066"}/remove{"\u2069"} ثم معرّفها
menu-restore = إعادة مقالة: {"\u2066"}/restore{"\u2069"} ثم معرّفها

admin-anonymous = الأمر { $command } لمشرفي هذا البوت، ولا أرى من أنت. أرسله باسمك، لا باسم المجموعة أو القناة.
admins-press = هذا الزر لمشرفي هذا البوت.
reload-how = الأمر {"\u2066"}/reload{"\u2069"} يقرأ المقالات من جديد. والأمر {"\u2066"}/reload check{"\u2069"} يبيّن ما سيتغير ولا يغيّر شيئًا.
check-done = اكتمل الفحص في { NUMBER($seconds, minimumFractionDigits: 1, maximumFractionDigits: 1) } ث. لم يتغير شيء، والأمر {"\u2066"}/reload{"\u2069"} سيغيّر ما يلي:
check-file = كل ما وُجد.
golden-counts = أسئلة الاختبار: { $asked }، المُجاب عنها صوابًا: { $before } سابقًا، و{ $after } الآن
golden-broken = لم يعد يُجاب عنه صوابًا: { $questions }
offer-heading = لم يتغير شيء بعد. مع المقالات الجديدة عدد أسئلة الاختبار التي لم يعد يُجاب عنها صوابًا: { $questions }. هل تُعتمد مع ذلك؟
offer-version = الإصدار: { $old } الآن، و{ $new } إذا أكّدت خلال ساعة
offer-confirming = يجري اعتماد المقالات الجديدة …
offer-cancelled = أُلغي ذلك. ما زلت أجيب من الإصدار { $version }.
offer-gone = لم يعد هذا معروضًا: قرّر أحدهم، أو انقضت ساعة، أو جاءت بعده قراءة أخرى، أو أُعيد تشغيلي. أرسل {"\u2066"}/reload{"\u2069"} مرة أخرى.
button-confirm = تأكيد
button-cancel = إلغاء

rollback-heading = الإصدارات التي يمكن الرجوع إليها:
rollback-item = { $version }، المقالات: { $articles }، { $day }، { $time } UTC
rollback-current = { $version }، المقالات: { $articles }، { $day }، { $time } UTC: المستعمل الآن
rollback-none = لا يوجد غيره.
rollback-begun = يجري الرجوع إلى الإصدار { $version } …
button-rollback = الرجوع إلى { $version }

audit-heading = ما جرى للمقالات، الأحدث أولًا:
audit-none = لم يُسجَّل شيء بعد.
audit-when = { $day }، { $time } UTC
audit-what =
    { $action ->
        [check] فحص
        [confirm] تأكيد
        [cancel] إلغاء
        [rollback] رجوع
        [add] إضافة
        [remove] سحب
        [restore] إعادة
        [follow] اتّباع نسخة أخرى من البوت
       *[reload] قراءة من جديد
    }: { $outcome ->
        [failed] أخفق
        [waiting] ينتظر التأكيد
        [cancelled] أُلغي
        [checked] لم يتغير شيء
       *[loaded] اعتُمد
    }
audit-cause =
    { $cause ->
        [schedule] حسب الجدول
        [folder] لأن المجلد تغيّر
        [signal] بإشارة إلى البرنامج
        [feed] بسبب موجز أخبار
        [instance] لأن نسخة أخرى فعلت ذلك
        [expiry] لأن أحدًا لم يقرر في الوقت
        [restart] لأن البرنامج توقف
       *[command] بأمر
    }
audit-user = المستخدم { $user }، { $cause }
audit-version = الإصدار: { $version }

add-how =
    ما الذي يُضاف؟ ردّ على هذه الرسالة بمستند، أو بنص: العنوان في سطره الأول، والفقرات تحته.

    أو أرسل مستندًا تحته {"\u2066"}/add{"\u2069"}، أو ردّ على مستند بـ {"\u2066"}/add{"\u2069"}.
add-read = المقالات المقروءة: { $articles }. هل تُضاف؟
add-paragraphs = الفقرات: { $paragraphs }
add-known = موجود من قبل بالمعرّف نفسه: { $articles }، وأولها { $id }. ليحلّ الجديد محلّه اسحب القديم بـ {"\u2066"}/remove{"\u2069"} وأعطِ الجديد معرّفًا آخر.
add-file = الملف: { $file }
add-link = لا أفتح الروابط. أرسل إليّ المستند أو النص نفسه.
add-too-big = هذا كبير جدًا: يسمح لي تيليغرام بجلب 20 ميغابايت. ضعه في مجلد المقالات وأرسل {"\u2066"}/reload{"\u2069"}.
add-lost = لم يعد تيليغرام يعطيني هذا المستند. أرسله مرة أخرى من فضلك.
add-empty = هذا المستند فارغ.
add-format = لا أستطيع قراءة ذلك. ما أقرؤه: { $formats }
add-gone = لم يعد هذا ينتظر الإضافة: قرّر أحدهم، أو صار قديمًا. أرسله مرة أخرى مع {"\u2066"}/add{"\u2069"}.
add-dropped = لم يُضف شيء.
button-add = إضافة
folder-sample = أجيب من المقالات التي جاءت مع البرنامج. اضبط {"\u2066"}ONRECORD_CORPUS{"\u2069"} على مجلد لك فيمكن تغيير مقالاته من هنا.
folder-file = المقالات في ملف واحد لا أغيّره. اضبط {"\u2066"}ONRECORD_CORPUS{"\u2069"} على مجلد فيمكن تغيير مقالاته من هنا.
folder-read-only = لا يُسمح لي بالكتابة في مجلد المقالات، فلا أستطيع تغييره.
folder-failed = تعذّر تغيير مجلد المقالات: { $reason }
remove-how = اكتب معرّف المقالة بعد الأمر: {"\u2066"}/remove ID{"\u2069"}. يعرض {"\u2066"}/article{"\u2069"} و{"\u2066"}/latest{"\u2069"} المعرّفات.
remove-unknown = لا توجد مقالة معرّفها { $id }. يعرض {"\u2066"}/latest{"\u2069"} المعرّفات.
remove-sure = هل تُسحب هذه المقالة؟ يبقى ملفها كما هو، والأمر {"\u2066"}/restore{"\u2069"} يعيدها.
remove-gone = لم تعد هذه المقالة موجودة.
remove-kept = لم يُسحب شيء.
button-remove = سحب
restore-how = سُحبت هذه المقالات. لإعادة واحدة اكتب معرّفها بعد الأمر: {"\u2066"}/restore ID{"\u2069"}
restore-none = لم تُسحب أي مقالة.
restore-unknown = لم تُسحب مقالة معرّفها { $id }. الأمر {"\u2066"}/restore{"\u2069"} وحده يعرض ما سُحب.
