"""The names of the months, as dates are written in the languages of Europe and some others."""

from __future__ import annotations

import re
import unicodedata

_WRITTEN = {
    1: """january jan janvier janv januar jänner janner enero ene gennaio gen januari janeiro
    styczeń stycznia leden ledna januára januarja siječanj siječnja ianuarie ocak tammikuu
    tammikuuta január januára janúar gener jaanuar janvāris janvārī sausis sausio январь января
    янв січень січня януари јануар јануара ιανουάριος ιανουαρίου يناير ינואר בינואר""",
    2: """february feb février fév févr februar feber febrero febbraio febbr februari fevereiro
    luty lutego únor února februára februarja veljača veljače februarie şubat helmikuu
    helmikuuta február febrúar febrer veebruar februāris februārī vasaris vasario февраль
    февраля фев лютий лютого февруари фебруар фебруара φεβρουάριος φεβρουαρίου فبراير פברואר
    בפברואר""",
    3: """march mar mars märz maerz marzo maart mrt março marec březen března marca ožujak ožujka
    martie mart maaliskuu maaliskuuta március març märts marts martā kovas kovo март марта мар
    березень березня μάρτιος μαρτίου مارس מרץ במרץ maret marzec""",
    4: """april apr avril avr abril abr aprile kwiecień kwietnia duben dubna apríla aprila travanj
    travnja aprilie nisan huhtikuu huhtikuuta április apríl aprill aprīlis aprīlī balandis
    balandžio апрель апреля апр квітень квітня април априла απρίλιος απριλίου أبريل ابريل אפריל
    באפריל""",
    5: """may mai mayo maggio mag mei maio maj maja květen května mája svibanj svibnja mayıs
    toukokuu toukokuuta május maí maig maijs maijā gegužė gegužės май мая травень травня мај
    маја μάιος μαΐου مايو מאי במאי""",
    6: """june jun juin juni junio giugno giu junho czerwiec czerwca červen června júna junija
    lipanj lipnja iunie haziran kesäkuu kesäkuuta június júní juny juuni jūnijs jūnijā birželis
    birželio июнь июня июн червень червня юни јун јуна ιούνιος ιουνίου يونيو יוני ביוני""",
    7: """july jul juillet juil juli julio luglio lug julho lipiec lipca červenec července júla
    julija srpanj srpnja iulie temmuz heinäkuu heinäkuuta július júlí juliol juuli jūlijs jūlijā
    liepa liepos июль июля июл липень липня юли јул јула ιούλιος ιουλίου يوليو יולי ביולי""",
    8: """august aug août aout agosto ago augustus augusti sierpień sierpnia srpen srpna augusta
    avgusta avgust kolovoz kolovoza ağustos elokuu elokuuta augusztus ágúst agost augusts augustā
    rugpjūtis rugpjūčio август августа авг серпень серпня αύγουστος αυγούστου أغسطس اغسطس אוגוסט
    באוגוסט agustus""",
    9: """september sep sept septembre septiembre set settembre setembro wrzesień września září
    septembra septembar rujan rujna septembrie eylül syyskuu syyskuuta szeptember setembre
    septembris septembrī rugsėjis rugsėjo сентябрь сентября сен сент вересень вересня септември
    септембар септембра σεπτέμβριος σεπτεμβρίου سبتمبر ספטמבר בספטמבר""",
    10: """october oct octobre oktober okt octubre ottobre ott outubro out październik
    października říjen října októbra oktobra oktobar octombrie ekim lokakuu lokakuuta október
    oktoober oktobris oktobrī spalis spalio октябрь октября окт жовтень жовтня октомври октобар
    октобра οκτώβριος οκτωβρίου أكتوبر اكتوبر אוקטובר באוקטובר""",
    11: """november nov novembre noviembre novembro listopada listopad listopadu novembra novembar
    noiembrie kasım marraskuu marraskuuta nóvember novembris novembrī lapkritis lapkričio ноябрь
    ноября ноя листопад листопада ноември новембар новембра νοέμβριος νοεμβρίου نوفمبر נובמבר
    בנובמבר""",
    12: """december dec décembre dezember dez diciembre dic dicembre dezembro grudzień grudnia
    prosinec prosince decembra decembar prosinac prosinca decembrie aralık joulukuu joulukuuta
    desember detsember desembre decembris decembrī gruodis gruodžio декабрь декабря дек грудень
    грудня декември децембар децембра δεκέμβριος δεκεμβρίου ديسمبر דצמבר בדצמבר""",
}
_MARKS = re.compile(r"[\u0300-\u036f\u0653-\u0655]")
_CROATIAN = re.compile(r"\d\. ?listopada\b")


def plain(text: str) -> str:
    """Return a text in small letters without accents.

    Examples
    --------
    >>> plain("März"), plain("ŞUBAT"), plain("мая")
    ('marz', 'subat', 'мая')
    """
    # The Turkish letter without a dot is no letter with an accent.
    whole = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ı", "i"))
    return _MARKS.sub("", whole.lower()).replace("ς", "σ")


_MONTH = {plain(name): number for number, names in _WRITTEN.items() for name in names.split()}


def number(token: str, text: str) -> int | None:
    """Return which month a word of a text names, both as :func:`plain` gives them.

    Examples
    --------
    >>> number("listopada", "4 listopada 2021"), number("listopada", "4. listopada 2021.")
    (11, 10)
    """
    # With a full stop behind the day it is Croatian, where this is October.
    if token == "listopada" and _CROATIAN.search(text):
        return 10
    return _MONTH.get(token)
