"""The words people use for what Assay can do: English and German, one idea an entry.

An idea is what a rule of core/assay/intent asks for; a phrase (core/assay/phrases) counts before
its single words do.
"""

from core.text import listed

IDEAS: dict[str, list[str]] = {
    "KILL": listed(
        "kill stop stopp stoppe stoppen abort cancel terminate abandon scrap axe discontinue "
        "bury nuke abbrechen abbreche abbrich beenden beende einstellen killen kille"
    ),
    "KILLED": listed(
        "killed stopped cancelled canceled dropped abandoned scrapped aborted kills gestoppt "
        "died dead axed binned graveyard abgebrochen eingestellt beendet gekillt gescheitert "
        "failed failures"
    ),
    "PROMOTE": listed(
        "promote ship deploy launch release rollout promoten befördern befördere ausrollen "
        "veröffentlichen productionize productionise"
    ),
    "PROMOTED": listed(
        "promoted shipped deployed launched released live production prod ausgerollt produktion "
        "promotions promotion wins succeeded successes"
    ),
    "DECIDED": listed("decided finished completed wrapped concluded abgeschlossen"),
    "EXTEND": listed(
        "extend extended extension extending prolong lengthen verlängern verlängere "
        "verlängerung verlaengern verlaengere"
    ),
    "UPDATE": listed(
        "update log record report enter submit trage eintragen notiere melde melden "
        "aktualisiere aktualisieren protokolliere"
    ),
    "RESULT": listed("result results ergebnis ergebnisse checkpoint number figure score outcome"),
    "NEW": listed(
        "new start create propose begin register fresh neues neu neue anlegen lege starte "
        "starten idea idee write draft"
    ),
    "EXPERIMENT": listed(
        "experiment experiments experimente experimenten hypothesis hypotheses hypothese "
        "versuch versuche exp exps ticket tickets runs"
    ),
    "MINE": listed("mine my meine meinen mein meiner meins"),
    "SELF": listed("i i'm im i've i'd i'll ich me mir mich myself bin"),
    "BOARD": listed("board kanban brett boards"),
    "STATUS": listed(
        "status state progress gist tldr headline summary overview risk risks health lage "
        "zwischenstand fortschritt überblick zusammenfassung stand track update updates news"
    ),
    "DOING": listed("doing going läuft laufen laeuft steht stehen looking happening up plan"),
    "RUNNING": listed(
        "running active current currently ongoing laufende laufenden pipeline flight läuft "
        "laufen laeuft"
    ),
    "HOW": listed("how wie hows"),
    "WHAT": listed("what whats was which welche welches welcher"),
    "WHY": listed("why warum wieso weshalb reason cause"),
    "LATE": listed(
        "late delayed delay delays slow overdue behind slipping verspätet spät spaet verzug "
        "verzögert verzögerung overrun slipped dauert"
    ),
    "LONG": listed("forever ages ewig long longer lange länger laenger"),
    "WHEN": listed("when eta wann deadline timeline soon due date"),
    "DONE": listed(
        "ready done finish complete fertig bereit there over target goal hit reach deliver "
        "delivered ziel erreichen erreicht"
    ),
    "ACCURATE": listed(
        "accurate accuracy quality precise reliable genau genauigkeit qualität qualitaet "
        "zuverlässig precision"
    ),
    "MEASURE": listed(
        "recall precision f1 auc bleu rouge wer cer loss rate rates latency score scores metric "
        "metrics error errors hallucination hallucinations throughput numbers"
    ),
    "ILL": listed("sick ill krank fever flu covid migraine fieber grippe unwell"),
    "BETTER": listed("better worse baseline beat beats besser schlechter improvement"),
    "GOOD": listed("good well performing gut performance correct"),
    "ADD": listed(
        "add adding support include including ergänzen ergaenzen hinzufügen hinzufuegen "
        "einbauen implement build unterstützen dazunehmen aufnehmen mitnehmen accommodate"
    ),
    "CAN": listed(
        "can could would possible feasible conceivable doable realistic able können koennen "
        "könnten kann möglich will"
    ),
    "BLOCKED": listed(
        "unblocking unblock blocked stuck blocker blockers blockiert blockiere hängt haengt "
        "impediment impediments blocking feststecke feststeckt stecke stockt obstacles"
    ),
    "WAITING": listed("waiting wait warte warten wartet"),
    "WHO": listed("who whos wer anyone anybody somebody someone jemand everyone everybody alle"),
    "SPENT": listed(
        "spent spend spending ate eat eaten eats burn burned burnt cost costs budget compute "
        "ausgegeben verbraucht costing pricey expensive bill invoice credits kosten money "
        "consumed gekostet verbrauch"
    ),
    "GPU": listed("gpu gpus"),
    "USED": listed("used use usage hours genutzt stunden"),
    "DECIDE": listed(
        "decision decisions decide approve approval approvals entscheiden entscheidung verdict "
        "verdicts attention ruling judge entscheidungen entscheide sign pending freigabe "
        "freigaben"
    ),
    "NEED": listed("need needs needed brauchst braucht brauchen require waits waiting muss soll"),
    "LEARNED": listed(
        "learned learnt learn learning learnings lessons insights gelernt gelernten "
        "erkenntnisse takeaways findings"
    ),
    "AWAY": listed(
        "away ooo holiday holidays vacation sick ill krank urlaub abwesend pto unwell ferien "
        "absent krankgemeldet fever flu covid migraine fieber grippe dentist zahnarzt "
        "travelling traveling"
    ),
    "BACK": listed("back zurück zurueck wieder returned"),
    "HELP": listed(
        "help hilfe guide tutorial instructions commands command menu manual befehle anleitung "
        "confused"
    ),
    "THANKS": listed(
        "thanks thank thx ty danke dankeschön cheers great perfect awesome nice cool super "
        "prima merci gracias ok okay k brilliant excellent wonderful appreciated legend klasse "
        "perfekt passt spitze lovely sweet gotcha understood tnx"
    ),
    "HELLO": listed(
        "hello hi hey moin hallo servus morning hola greetings yo hiya howdy heya tag morgen "
        "abend evening afternoon grüezi grüß"
    ),
    "SHOW": listed(
        "show see display list give tell open zeig zeige zeigen get view look find gib card "
        "details"
    ),
    "NOT": listed(
        "not don't dont never no nicht kein keine niemals nie ohne without doesn't isn't "
        "shouldn't cannot can't won't didn't wasn't"
    ),
    "GRASP": listed("understand verstehe verstehen"),
    "TEAM": listed("team we our us wir uns unser unsere"),
}
