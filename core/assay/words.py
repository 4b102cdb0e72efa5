"""The words people use for what Assay can do: English and German, one idea an entry.

An idea is what a rule of core/assay/intent asks for; a phrase (core/assay/phrases) counts before
its single words do.
"""

from core.text import listed

IDEAS: dict[str, list[str]] = {
    "KILL": listed(
        "kill stop stopp stoppe stoppen abort cancel terminate abandon scrap axe discontinue "
        "bury nuke abbrechen abbreche abbrich beenden beende einstellen killen kille ditch "
        "halt retire einstampfen stilllegen sunset scratch toss trash nix dismiss discard "
        "eliminate verwerfen verwirf rausschmeissen rauswerfen wegwerfen wegschmeissen absägen "
        "streichen streiche stoppt shelve mothball yeet begraben killt schmeiss schmeiss "
        "beerdigen canceln"
    ),
    "KILLED": listed(
        "killed stopped cancelled canceled dropped abandoned scrapped aborted kills gestoppt "
        "died dead axed binned graveyard abgebrochen eingestellt beendet gekillt gescheitert "
        "failed failures dumped ditched terminated closed retired discarded verworfen "
        "verworfene aufgegeben rejected shelved eingestampft dropping killing killt "
        "scheiterten misslungen flop flops flopped casualties losers rejects failing "
        "unsuccessful erfolglos canned"
    ),
    "PROMOTE": listed(
        "promote ship deploy launch release rollout promoten befördern befördere ausrollen "
        "veröffentlichen productionize productionise graduate productize freigeben"
    ),
    "PROMOTED": listed(
        "promoted shipped deployed launched released live production prod ausgerollt "
        "produktion promotions promotion wins succeeded successes graduated promoviert "
        "befördert veröffentlicht shipping landed graduates successful erfolgreich erfolge "
        "winners winner gewonnen"
    ),
    "DECIDED": listed(
        "decided finished completed wrapped concluded abgeschlossen resolved settled ended"
    ),
    "EXTEND": listed(
        "extend extended extension extending prolong lengthen verlängern verlängere "
        "verlängerung verlaengern verlaengere postpone verschieben verschiebe aufschieben "
        "prolongation länger"
    ),
    "UPDATE": listed(
        "update log record report enter submit trage eintragen notiere melde melden "
        "aktualisiere aktualisieren protokolliere note noted erfasse"
    ),
    "RESULT": listed("result results ergebnis ergebnisse checkpoint number figure score outcome"),
    "NEW": listed(
        "new start create propose begin register fresh neues neu neue anlegen lege starte "
        "starten idea idee write draft brainstorm"
    ),
    "EXPERIMENT": listed(
        "experiment experiments experimente experimenten hypothesis hypotheses hypothese "
        "versuch versuche exp exps ticket tickets runs bets trials trial attempts attempt "
        "approaches approach ansatz ansätze studies projects projekte hypothesen"
    ),
    "MINE": listed("mine my meine meinen mein meiner meins"),
    "SELF": listed("i i'm im i've i'd i'll ich me mir mich myself bin"),
    "OWN": listed("assigned todo todos tasks aufgaben"),
    "BOARD": listed("board wip kanban brett boards columns swimlanes übersicht"),
    "STATUS": listed(
        "status state progress gist tldr headline summary overview risk risks health lage "
        "zwischenstand fortschritt überblick zusammenfassung stand track update updates news "
        "situation briefing brief recap healthy green red amber yellow ampel standing digest "
        "report wochenbericht lagebericht health-check"
    ),
    "DOING": listed("doing going läuft laufen laeuft steht stehen looking happening up plan"),
    "RUNNING": listed(
        "running active current currently ongoing laufende laufenden pipeline flight läuft "
        "laufen laeuft"
    ),
    "HOW": listed("how wie hows where"),
    "WHAT": listed("what whats was which welche welches welcher"),
    "WHY": listed("why warum wieso weshalb reason cause"),
    "LATE": listed(
        "late retard delayed delay delays slow overdue behind slipping verspätet spät "
        "spaet verzug "
        "verzögert verzögerung overrun slipped dauert delaying lagging lag lags stalled "
        "stalling slippage dragging drags zieht hold-up verspätung hinkt"
    ),
    "LONG": listed("forever ages ewig long longer lange länger laenger slowly"),
    "WHEN": listed(
        "when quand eta wann deadline timeline soon due date datum termin arrive arrives"
    ),
    "DONE": listed(
        "finished objective attain attained achieve achieved met ready done finish complete "
        "fertig bereit "
        "there over target goal hit reach "
        "deliver delivered ziel erreichen erreicht finishing finishes completed completion "
        "wrapped landing lands usable erledigt abschliessen abgeschlossen ends end"
    ),
    "ACCURATE": listed(
        "accurate acc accuracy quality precise reliable genau genauigkeit qualität qualitaet "
        "zuverlässig precision exact reliability trustworthy präzise treffsicher trefferquote"
    ),
    "MEASURE": listed(
        "recall precision f1 auc bleu rouge wer cer loss rate rates latency score scores "
        "metric metrics error errors hallucination hallucinations throughput numbers "
        "accuracies perplexity mrr ndcg map benchmark benchmarks eval evals evaluation "
        "evaluations kpi"
    ),
    "ILL": listed("sick ill krank fever flu covid migraine fieber grippe unwell"),
    "BETTER": listed(
        "better worse baseline beat beats besser schlechter improvement improving improved "
        "improves improve gain gains progressed progressing regress regressed regression"
    ),
    "GOOD": listed(
        "good well performing gut performance correct bad strong weak decent performs perform "
        "schlecht"
    ),
    "ADD": listed(
        "add adding support include including ergänzen ergaenzen hinzufügen hinzufuegen "
        "einbauen implement build unterstützen dazunehmen aufnehmen mitnehmen accommodate "
        "incorporate extra cover covers squeeze"
    ),
    "CAN": listed(
        "can could would possible feasible conceivable doable realistic able können koennen "
        "könnten kann möglich will"
    ),
    "BLOCKED": listed(
        "unblocking unblock blocked stuck blocker blockers blockiert blockiere hängt haengt "
        "impediment impediments blocking feststecke feststeckt stecke stockt obstacles jammed "
        "hung hanging stopper showstopper showstoppers bottleneck bottlenecks hindert blockt "
        "blockade festgefahren hängen festhängen klemmen burning brennt fires crashed "
        "crashes crashing hindernis "
        "hindernisse hürden hurdles obstacle roadblock roadblocks deadlocked"
    ),
    "WAITING": listed("waiting wait warte warten wartet awaiting waits"),
    "WHO": listed("who whos wer anyone anybody somebody someone jemand everyone everybody alle"),
    "SPENT": listed(
        "spent spend spending ate eat eaten eats burn burned burnt cost costs budget compute "
        "ausgegeben verbraucht costing pricey expensive bill invoice credits kosten money "
        "consumed gekostet verbrauch bills spendings expense expenses dollars euros euro "
        "dollar pay paying paid price teuer kostet verbrauchen verbraten damage ausgaben "
        "expenditure quid bucks torch torched sunk"
    ),
    "GPU": listed("gpu gpus h100 a100 "),
    "USED": listed(
        "used use usage hours genutzt stunden using utilisation utilization consumption auslastung"
    ),
    "DECIDE": listed(
        "decision decisions decide approve approval approvals entscheiden entscheidung "
        "verdict verdicts ruling judge entscheidungen entscheide sign pending "
        "freigabe freigaben signoff authorise authorize authorization approving sign-off "
        "unterschreiben absegnen genehmigen genehmigung entschieden freigeben sign-offs "
        "signed entscheid votes vote pick choose"
    ),
    "NEED": listed("need needs needed brauchst braucht brauchen require waits waiting muss soll"),
    "LEARNED": listed(
        "learned learnt learn learning learnings lessons insights gelernt gelernten "
        "erkenntnisse takeaways findings discovered discover learns lehren takeaway insight "
        "finding conclusions conclusion erkenntnis learning's wissen mitgenommen befunde"
    ),
    "AWAY": listed(
        "away ooo holiday holidays vacation sick ill krank urlaub abwesend pto unwell ferien "
        "absent krankgemeldet fever flu covid migraine fieber grippe dentist zahnarzt "
        "travelling traveling vacationing feiertag urlaubs parental elternzeit "
        "appointment arzttermin"
    ),
    "BACK": listed("back zurück zurueck wieder returned returning zurückgekehrt rejoin"),
    "HELP": listed(
        "help instruct hilfe guide tutorial instructions commands command menu manual befehle "
        "anleitung confused helps helfen hilf usage howto capabilities documentation "
        "onboarding features überfordert clueless newbie"
    ),
    "THANKS": listed(
        "thanks thank thx ty danke dankeschön cheers great perfect awesome nice cool super "
        "prima merci gracias ok okay k brilliant excellent wonderful appreciated legend "
        "klasse perfekt passt spitze lovely sweet gotcha understood tnx dankeschoen dankesehr "
        "grazie obrigado amazing fantastic kudos bravo tysm thanku thanking props toll "
        "beaucoup danke! thankful obrigada valeu arigato arigatou"
    ),
    "HELLO": listed(
        "hello hi hey moin hallo servus morning hola greetings yo hiya howdy heya tag morgen "
        "abend evening afternoon grüezi grüss hallöchen sup wassup gm aloha bonjour salut tach "
        "hej ciao"
    ),
    "SHOW": listed(
        "show see display list give tell open zeig zeige zeigen get view look find gib card "
        "details pull fetch inspect anzeigen zeigt lookup look-up"
    ),
    "NOT": listed(
        "not don't dont never no nicht kein keine niemals nie ohne without doesn't isn't "
        "shouldn't cannot can't won't didn't wasn't"
    ),
    "GRASP": listed("understand verstehe verstehen"),
    "TEAM": listed("team we our us wir uns unser unsere everyone's team's"),
}
