"""The words of the command line, Swedish and English, each sentence once."""

from stormlykta.errors import Problem

SENTENCES: dict[str, tuple[str, str]] = {
    "about": (
        "Stormlykta: checklistor och aktuella kontakter som fungerar när inget annat gör det.",
        "Stormlykta: checklists and current contacts that work when nothing else does.",
    ),
    "help-data": ("mappen med databasen (annars STORMLYKTA_DATA, annars ./data)", "the folder with the database (else STORMLYKTA_DATA or ./data)"),
    "help-organisation": ("organisationens id (annars den första); görs om den inte finns", "the organisation's id (else the first); made if there is none"),
    "help-serve": ("kör servern", "run the server"),
    "help-host": ("adress att lyssna på", "address to listen on"),
    "help-port": ("port att lyssna på", "port to listen on"),
    "help-publish": ("fastställ checklistor, budskap, övningar och kontakter", "publish checklists, messages, exercises and contacts"),
    "help-path": ("filer eller mappar", "files or folders"),
    "help-by": ("vem som fastställer", "who publishes"),
    "help-changes": ("vad som har ändrats, med en mening", "what has changed, in one sentence"),
    "help-check": ("kontrollera filer utan att fastställa", "check files without publishing"),
    "help-invite": ("ge någon en kod att gå med", "give somebody a code to join"),
    "help-admin-link": (
        "gör en engångslänk in i administrationen: för den första administratören, eller för den som har tappat sin nyckel",
        "make a one-time link into the administration: for the first administrator, or for who has lost their key",
    ),
    "help-admin": (
        "vem som ska in, som blir administratör (annars den administratör som finns)",
        "who is to get in, who becomes an administrator (else the administrator there is)",
    ),
    "help-role": ("roll: leader, editor, admin (kan ges flera gånger)", "role: leader, editor, admin (may be given several times)"),
    "help-json": ("skriv koden som JSON", "print the code as JSON"),
    "help-contacts": ("läs in kontakter från en CSV-fil", "import contacts from a CSV file"),
    "help-organisation-command": ("flera organisationer på samma server", "several organisations on one server"),
    "help-organisation-add": (
        "gör en ny organisation och en engångslänk till dess första administratör",
        "make a new organisation, and a one-time link for its first administrator",
    ),
    "help-organisation-list": ("visa organisationerna", "list the organisations"),
    "help-organisation-id": ("dess id, som står i adresser: a–z, 0–9 och bindestreck", "its id, which stands in addresses: a–z, 0–9 and hyphen"),
    "help-organisation-name": ("vad den heter", "what it is called"),
    "help-organisation-like": (
        "ta över inställningar, checklistor, budskap, övningar och allmänna nummer från den här; aldrig personer",
        "take over settings, checklists, messages, exercises and public numbers from this one; never people",
    ),
    "help-devices": ("visa organisationens telefoner", "list the organisation's phones"),
    "help-revoke": ("spärra en telefon", "revoke a phone"),
    "listening": ("Stormlykta svarar på {url}", "Stormlykta answers at {url}"),
    "local-only": (
        "Adressen gäller på den här datorn. En telefon behöver HTTPS: se docs/running.md.",
        "The address works on this computer. A phone needs HTTPS: see docs/running.md.",
    ),
    "first-link": (
        "Ingen administratör i {organisation} kan logga in än. Öppna engångslänken i en webbläsare (den gäller i 24 timmar):",
        "No administrator of {organisation} can sign in yet. Open the one-time link in a browser (it is good for 24 hours):",
    ),
    "desk-at": ("Administration: {url}", "Administration: {url}"),
    "link-for": ("Engångslänk för {name} i {organisation} (gäller till {expires}):", "One-time link for {name} in {organisation} (until {expires}):"),
    "link-for-first": (
        "Engångslänk för den första administratören i {organisation} (gäller till {expires}):",
        "One-time link for the first administrator of {organisation} (until {expires}):",
    ),
    "which-admin": ("Skriv för vem: {names}.", "Write for whom: {names}."),
    "no-organisation": ("Det finns ingen organisation {organisation}.", "There is no organisation {organisation}."),
    "oidc-wrong": ("Filen som STORMLYKTA_OIDC pekar på går inte att använda. {why}", "The file that STORMLYKTA_OIDC names can not be used. {why}"),
    "organisation-added": ("Organisationen {organisation} ({id}) är gjord.", "The organisation {organisation} ({id}) has been made."),
    "organisation-taken": ("Det finns redan en organisation {organisation}.", "There is an organisation {organisation} already."),
    "organisation-not-found": ("Det finns ingen organisation {like} att likna.", "There is no organisation {like} to be like."),
    "organisation-field": ("Skriv ett namn på högst 80 tecken.", "Write a name of at most 80 characters."),
    "organisation-line": (
        "{id}  {name}: {admins} administratörer, {members} medlemmar, {phones} telefoner, {checklists} checklistor",
        "{id}  {name}: {admins} administrators, {members} members, {phones} phones, {checklists} checklists",
    ),
    "no-organisations": ("Det finns ingen organisation än.", "There is no organisation yet."),
    "stop": ("Avsluta med Ctrl+C.", "Stop with Ctrl+C."),
    "port-taken": ("Port {port} används redan. Välj en annan: PORT=8001 make run.", "Port {port} is taken. Choose another: PORT=8001 make run."),
    "no-data": ("Mappen {data} går inte att skriva i: {why}", "The folder {data} can not be written to: {why}"),
    "no-database": ("Databasen {data} går inte att använda: {why}", "The database {data} can not be used: {why}"),
    "error": ("fel", "error"),
    "advice": ("råd", "advice"),
    "line": ("rad", "line"),
    "found": ("{errors} fel och {advice} råd i {count} rader ovan.", "{errors} errors and {advice} pieces of advice in the {count} lines above."),
    "nothing-published": ("Ingenting fastställdes. Rätta felen och försök igen.", "Nothing was published. Correct the errors and try again."),
    "sound": (
        "Allt är i ordning: {cards} kort, {messages} budskap, {exercises} övningar.",
        "All is well: {cards} cards, {messages} messages, {exercises} exercises.",
    ),
    "new": ("ny", "new"),
    "changed": ("ändrad", "changed"),
    "unchanged": ("oförändrad", "unchanged"),
    "removed": ("borttagen", "removed"),
    "checklist": ("checklista", "checklist"),
    "message": ("budskap", "message"),
    "contact": ("kontakt", "contact"),
    "exercise": ("övning", "exercise"),
    "vocabulary": ("ordlista", "vocabulary"),
    "published": (
        "Fastställt i {organisation}: {new} nya, {changed} ändrade, {unchanged} oförändrade, {removed} borttagna.",
        "Published in {organisation}: {new} new, {changed} changed, {unchanged} unchanged, {removed} removed.",
    ),
    "organisation-made": ("Organisationen {organisation} fanns inte och har gjorts.", "The organisation {organisation} did not exist and has been made."),
    "still-named": ("{card} hänvisar till kontakten ”{contact}”, som inte finns längre.", "{card} refers to the contact “{contact}”, which is no more."),
    "code-for": ("Kod för {name}: {code}   (gäller till {expires}, en gång)", "Code for {name}: {code}   (until {expires}, once)"),
    "open": ("Öppna {url}, eller rikta telefonens kamera mot rutan:", "Open {url}, or point the phone's camera at the square:"),
    "device-line": ("{state}  {id}  {member} · {name} · sedd {seen}", "{state}  {id}  {member} · {name} · seen {seen}"),
    "device-on": ("med    ", "on     "),
    "device-off": ("spärrad", "revoked"),
    "no-devices": ("Inga telefoner har gått med än.", "No phones have joined yet."),
    "revoked": ("Telefonen {device} är spärrad.", "The phone {device} is revoked."),
    "no-device": ("Det finns ingen telefon {device} i {organisation}.", "There is no phone {device} in {organisation}."),
    "no-name": ("Skriv ett namn.", "Write a name."),
    "problem-storage": ("Databasen går inte att skriva i. Är disken full?", "The database can not be written to. Is the disk full?"),
    "problem-shape": ("Ett id för en organisation är 1–40 tecken: a–z, 0–9 och bindestreck.", "An organisation's id is 1–40 characters: a–z, 0–9 and hyphen."),
}


class Words:
    """Called with a key and values, gives the sentence in the chosen language."""

    def __init__(self, language: str) -> None:
        self.language: str = language

    def __call__(self, key: str, **values: object) -> str:
        return SENTENCES[key][1 if self.language == "en" else 0].format(**values)

    def problem(self, problem: Problem) -> str:
        key = f"problem-{problem.code}"
        return self(key) if key in SENTENCES else problem.message
