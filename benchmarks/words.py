"""Swedish words to make a council's record of; the people are made up."""

FIRST_NAMES = (
    "Alva",
    "Bo",
    "Cilla",
    "Disa",
    "Erik",
    "Frida",
    "Gustav",
    "Hilda",
    "Ivar",
    "Jonna",
    "Kalle",
    "Lova",
    "Måns",
    "Nora",
    "Olle",
    "Pia",
    "Rakel",
    "Sixten",
    "Tilda",
    "Ulf",
    "Vera",
    "Wilma",
    "Yngve",
    "Åsa",
    "Ärla",
    "Örjan",
    "Edit",
    "Folke",
)
"""Seven for each of the four networks; every surname is Exempel."""

TASKS = (
    "Boka lokal till",
    "Skriva inbjudan till",
    "Ta fram ett förslag till program för",
    "Sammanställa enkätsvaren från",
    "Stämma av tidsplanen för",
    "Räkna fram kostnaden för",
    "Skicka ut underlaget till",
    "Samla in synpunkter på",
    "Uppdatera webbsidan om",
    "Fråga förvaltningarna om intresset för",
    "Skriva en kort rapport om",
    "Ordna en uppföljning av",
)

SUBJECTS = (
    "introduktionsdagen för nya AT-läkare",
    "höstens handledarutbildning",
    "den gemensamma BT-introduktionen",
    "nätverksdagen för studierektorer",
    "kursen i medicinsk vetenskap",
    "vårens planeringsdag",
    "utbildningen för externa granskare",
    "terminens specialistkollegier",
    "seminariet om ledarskap",
    "utbildningen i kommunikation",
    "informationskvällen för läkarstudenter",
    "mötet med huvudhandledarna",
    "workshoppen om kvalitetsindikatorer",
    "temadagen om vetenskapligt arbete",
    "kursen i hälso- och sjukvårdens lagar",
    "konferensen om randutbildning",
)

TOPICS = (
    "Rapport från nätverket",
    "Gemensam introduktion",
    "Handledarutbildning",
    "Rekrytering till bastjänstgöring",
    "Externa granskningar",
    "Fördelning av platser",
    "Information på webben",
    "Budget och bemanning",
    "Nya målbeskrivningar",
    "Datum för kommande möten",
)

PASSAGES = (
    "Planeringen går enligt tidsplan och programmet är i stort sett klart.",
    "Flera förvaltningar har hört av sig med frågor om hur platserna fördelas.",
    "Antalet sökande är högre än i fjol, medan antalet platser är oförändrat.",
    "Underlaget behöver kompletteras med uppgifter från primärvården.",
    "Gruppen diskuterar för- och nackdelar med två kortare dagar i stället för en lång.",
    "Enkäten besvarades av 63 procent, och de flesta är nöjda med upplägget.",
    "Lokalfrågan är löst för våren, men inte för hösten.",
    "Kostnaden delas mellan förvaltningarna efter antalet deltagare.",
    "Det finns önskemål om att materialet samlas på ett ställe.",
    "Frågan har varit uppe tidigare, och läget är i huvudsak detsamma.",
    "Handledarna önskar tydligare besked om vad som gäller vid sidotjänstgöring.",
    "Nätverket återkommer med ett förslag när remissen är besvarad.",
)

DECISIONS = (
    "Förslaget antas och gäller från höstterminen.",
    "Rådet ställer sig bakom förslaget.",
    "Frågan tas upp igen när underlaget är komplett.",
    "Kursen ges två gånger om året.",
    "Rutinen införs på prov under ett år.",
)

NEWS = (
    "Lokalen är bokad, bekräftelse väntas.",
    "Ett första utkast har skickats till nätverket.",
    "Svar har kommit från fyra av sex förvaltningar.",
    "Arbetet är påbörjat och väntas bli klart i tid.",
    "Underlaget är beställt hos ekonomiavdelningen.",
)
