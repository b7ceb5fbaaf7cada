"""The words of offers in Swedish."""

from atbtst_cli.language.offers.words import OfferWords, listed

OFFERS = OfferWords(
    # Small words that tell which language a text is in
    telltale=listed("och, att, är, det, som, för, av, inte, en, på, med, till, har, den, om"),
    # Who does something: names, names that are words too, words that look like names and are none
    given_names=listed("""
        Agneta, Ahmed, Alexander, Ali, Alice, Amanda, Amina, Anders, Andreas, Anette, Anita, Ann, Anna, Anna-Karin,
        Anneli, Annika, Arne, Astrid, Axel, Barbro, Bengt, Berit, Bertil, Birgitta, Bosse, Britt, Camilla, Carin,
        Carina, Carl, Caroline, Catarina, Cecilia, Charlotte, Christer, Christian, Christina, Christoffer, Claes,
        Daniel, David, Elin, Elisabet, Elisabeth, Ella, Ellen, Emelie, Emil, Emma, Erik, Erika, Eva, Fatima, Felicia,
        Filip, Fredrik, Frida, Gabriel, Gabriella, Georg, Gun, Gunilla, Gunnar, Gunnel, Gustav, Göran, Hampus, Hanna,
        Hannes, Hans, Hassan, Helen, Helena, Helene, Henrik, Hugo, Håkan, Ida, Inga, Inger, Ingrid, Isabelle, Jakob,
        Jan, Jenny, Jens, Jesper, Jessica, Joakim, Johan, Johanna, John, Jonas, Jonathan, Josefin, Julia, Karin, Karl,
        Karolina, Katarina, Kenneth, Kent, Kerstin, Kim, Kjell, Klara, Kristian, Kristina, Lars, Laura, Leif, Lena,
        Lennart, Leo, Lina, Linda, Linnea, Linus, Lisa, Louise, Lovisa, Lucas, Ludvig, Madeleine, Magdalena, Magnus,
        Maja, Malin, Marcus, Margareta, Maria, Marianne, Marie, Markus, Martin, Mats, Mattias, Max, Mia, Michael,
        Mikael, Moa, Mohamed, Mohammed, Monica, Monika, Nathalie, Niklas, Nils, Nina, Nora, Olivia, Olof, Oscar,
        Oskar, Patrik, Per, Pernilla, Peter, Petra, Pia, Rebecka, Richard, Rickard, Robert, Robin, Roger, Roland,
        Rolf, Ronny, Sandra, Sara, Sebastian, Simon, Siv, Sofia, Sofie, Sonja, Stefan, Stig, Susanne, Svante, Sven,
        Sverker, Sören, Therese, Thomas, Tobias, Tomas, Tommy, Tor, Torbjörn, Torsten, Ulf, Ulla, Ulrika, Urban,
        Veronica, Victoria, Viktor, Viktoria, William, Yasmin, Ylva, Yvonne, Åke, Åsa
    """),
    wordlike=listed("Bo, Dag, Du, Hans, Inga, Kim, Maj, May, My, Per, Ros, Sten, Stig, Tor"),
    not_names=listed("""
        Akademiska, Analys, Arbetsgruppen, Enheten, Föregående, Förvaltningen, Gruppen, HR, IT, Koncernstab,
        Medicinsk, Nationella, Norra, Nya, Nästa, Primärvården, Psykiatri, Region, Regionala, Regionen, Skånes,
        Socialstyrelsen, Svenska, Södra, Universitet, Västra, Östra
    """),
    roles={
        "chair": ("ordföranden", "ordförande", "sammankallande"),
        "secretary": ("sekreteraren", "sekreterare"),
    },
    pronouns=("han", "hon", "hen", "de", "dessa"),
    together=listed("""
        vi, alla, samtliga, mötet, gruppen, arbetsgruppen, rådet, nätverket, styrelsen, utskottet, arbetsutskottet,
        kommittén, ledamöterna, deltagarna
    """),
    conjunctions=("och", "samt", "&", "+", "/"),
    attributes=listed("på, från, i, vid, för, inom, hos"),
    # What somebody does: what is to be followed up, what only happened at the meeting, how things are
    doing=listed("""
        analyserar, anmäler, annonserar, anordnar, ansvarar, ansvarar för, ansöker, arbetar fram, arbetar vidare,
        arrangerar, avropar, bereder, beräknar, beställer, besvarar, besöker, betalar, bevakar, bildar, bjuder, bjuder
        in, bokar, bygger, delar ut, diskuterar vidare, distribuerar, dokumenterar, drar igång, driver, efterforskar,
        efterhör, expedierar, fakturerar, fixar, formulerar, fortsätter, frågar runt, färdigställer, följer upp, för
        vidare, förbereder, fördelar, förmedlar, genomför, granskar, går ut med, går vidare, gör, handlägger,
        hanterar, hämtar, håller i, håller kontakt, håller kontakten, hör av sig, hör efter, hör med, inbjuder,
        inhämtar, initierar, intervjuar, inventerar, jobbar vidare, justerar, kallar, kartlägger, kollar, kollar upp,
        kompletterar, kontaktar, kontrollerar, koordinerar, korrigerar, köper, lyfter, lyfter vidare, lägger in,
        lägger till, lägger upp, lägger ut, lämnar, lämnar in, lämnar över, läser, läser igenom, läser in, mailar,
        medverkar till, mejlar, ombesörjer, ordnar, organiserar, planerar, pratar med, provar, publicerar, påbörjar,
        påminner alla, registrerar, rekryterar, reviderar, ringer, ringer upp, räknar, räknar på, samlar, samlar in,
        sammankallar, sammanställer, samordnar, ser till, ser över, skaffar, skickar, skickar in, skickar ut, skriver,
        skriver ihop, sköter, sprider, startar, startar upp, ställer samman, stämmer av, står för, svarar för, svarar
        på remissen, sänder, sänder ut, sätter ihop, sätter upp, söker, talar med, tar, tar ansvar, tar bort, tar
        fram, tar hand om, tar hem, tar in, tar kontakt, tar med, tar med sig, tar på sig, tar reda på, tar tag i, tar
        vidare, tar över, testar, tillskriver, tillsätter, tittar närmare, tittar på, tittar vidare, trycker, träffar,
        undersöker, uppdaterar, upprättar, utarbetar, utformar, utlyser, utreder, utser, utvärderar, vidarebefordrar,
        ändrar, äskar, åtar sig, återför, återkommer, återkopplar, återrapporterar, överlämnar, översänder, översätter
    """),
    telling=listed("""
        adresserar, aktualiserar, avlägger, avslutar, avtackar, belyser, berättar, berättar om, beskriver, betonar,
        debatterar, delar erfarenheter, delar med sig, delger, demonstrerar, diskuterar, drar, efterfrågar,
        efterlyser, exemplifierar, flaggar, flaggar för, framför, framhåller, framlägger, frågar, funderar, föredrar,
        föreslår, förklarar, förtydligar, ger, gratulerar, går igenom, hälsar, hänvisar, informerar, informerar om,
        inleder, instämmer, introducerar, invänder, jämför, kommenterar, konstaterar, kritiserar, leder, lyfter att,
        lyfter fram, lyfter upp, lägger fram, läser upp, meddelar, noterar, nämner, orienterar, poängterar, pratar om,
        presenterar, påminner, påminner om, påpekar, påtalar, rapporterar, rapporterar om, redogör, redogör för,
        redovisar, refererar, reflekterar, rekommenderar, relaterar, replikerar, resonerar, sammanfattar, signalerar,
        skildrar, ställer frågan, summerar, svarar, säger, tackar, talar om, tar ordet, tar upp, tillägger, tipsar,
        trycker på, tydliggör, understryker, uppger, upplyser, upplyser om, uppmanar, uppmuntrar, uppmärksammar,
        utvecklar, visar, visar upp, vittnar, välkomnar, öppnar
    """),
    lasting=listed("""
        adjungeras, anländer, anser, ansluter, arbetar, avgår, avstår, avviker, bedömer, behöver, blir, bor, brukar,
        börjar, deltar, ersätter, finner, finns, fungerar, får, gillar, gläder, gäller, går, går i pension, går på,
        går ut, har, heter, hinner, hoppas, håller, håller med, hör, ifrågasätter, ingår, innebär, jobbar, kan,
        kommer, kostar, kvarstår, känner, ligger, lämnar en rapport, lämnar mötet, lämnar nätverket, lämnar rapport,
        lämnar rådet, lämnar sammanträdet, lämnar sin, lämnar sitt, lämnar styrelsen, lämnar uppdraget, lär, medger,
        medverkar, menar, märker, mår, njuter, närvarar, orkar, oroar, passar, pensioneras, representerar, reserverar,
        räcker, råder, saknar, samtycker, ser, sitter, slutar, står, stöder, stödjer, tenderar, tillhör, tillstyrker,
        tillträder, tjänar, tjänstgör, trivs, tror, tvekar, tvivlar, tycker, tänker, undrar, uppfattar, upplever,
        uppskattar, utgår, vet, vidhåller, vikarierar, vill, väljer, väntar, värdesätter, yrkar, äger, är, önskar
    """),
    announcing=listed("berättar, informerar om, lovar, meddelar, noterar, rapporterar, säger, uppger"),
    present=r"[^\W\d_]{2,}r",
    not_verbs=listed("""
        bakom, efter, eller, framför, för, före, har, här, inför, innanför, mer, när, och, ovanför, per, under,
        utanför, var, varför, över, där, därför, hur, år, bror, mor, bredvid, dessutom, far, syster, utöver, är
    """),
    infinitives=(
        ("gör", "göra"),
        ("hör", "höra"),
        ("köper", "köpa"),
        ("står", "stå"),
        ("går", "gå"),
        ("ger", "ge"),
        ("ser", "se"),
        ("tar", "ta"),
        ("för", "föra"),
        ("er", "a"),
        ("r", ""),
    ),
    passives=(
        ("gör", "görs"),
        ("hör", "hörs"),
        ("står", "stås"),
        ("ger", "ges"),
        ("ser", "ses"),
        ("för", "förs"),
        ("er", "s"),
        ("r", "s"),
    ),
    by="av",
    # What somebody shall do, has in hand, or answers for
    tasked=listed("""
        ska, skall, kommer, kommer att, måste, får i uppdrag att, får uppdraget att, lovar att, fick i uppdrag att,
        fick uppdraget att, har fått i uppdrag att, har i uppdrag att, har åtagit sig att, har lovat att, har tagit på
        sig att, lovade att, åtar sig att, åtog sig att, tar på sig att, tog på sig att, erbjuder sig att, ombeds att,
        ombeds, ombads, ombads att, avser att, planerar att, tänker, försöker, uppdras att, uppmanas att, har blivit
        ombedd att
    """),
    starters=("ska", "skall", "måste"),
    infinitive=r"\w+a|få|ge|gå|se|ta|be|stå|slå|dra|nå",
    states=listed("vara, bli, ha, sluta, börja, behöva, kunna, få, gälla, finnas, bero, gå i pension"),
    light={
        "har": listed("""
            möte, möten, dialog, kontakt, avstämning, samtal, uppföljning, uppföljningsmöte, uppdraget, uppdrag
        """),
        "för": listed("dialog, dialogen, samtal, diskussion, diskussioner, diskussionen, talan"),
        "håller": ("dialog", "kontakt", "kontakten"),
        "ger": ("besked", "förslag", "svar", "återkoppling"),
        "kommer": ("förslag",),
    },
    between=listed("""
        en, ett, den, det, med, i, fortsatt, fortsatta, kontinuerlig, löpande, nära, nytt, ny, inplanerat, inbokat,
        bokat, regelbunden, gemensamt, också, även, då
    """),
    asking=listed("ber, bad, ger, gav, uppdrag till, uppdra åt, delegerar till, uppmanar"),
    between_asked=("att", "i", "uppdrag"),
    responsible=("ansvarig", "ansvariga", "huvudansvarig"),
    linking=("är", "blir", ":"),
    # What makes a sentence say something else
    negations=listed("inte, ej, icke, aldrig, ingen, inget, inga, knappast"),
    subordinators=listed("""
        att, om, när, då, eftersom, medan, som, vilket, vilken, vilka, där, ifall, vem, huruvida, hur, vad, varför,
        innan, sedan, såvida, fast, trots, därför
    """),
    that="att",
    openers=listed("""
        därefter, sedan, sen, nu, därför, dessutom, vidare, även, inför, till, under, efter, före, innan, senast, på,
        vid, i, med, för, från, nästa, framöver, slutligen, fortsättningsvis, samtidigt, parallellt, utöver, enligt,
        när, så, sist, först, imorgon
    """),
    past=listed("var, varit, blev, blivit, gick, fungerade, hade, hölls"),
    another_time=listed("""
        förra mötet, föregående möte, förra året, förra veckan, tidigare, senare, redan, i fjol, i höstas, i våras, i
        somras, i vintras
    """),
    # What was decided, approved or put off
    deciding=listed("""
        beslutar, beslutade, beslutar sig, beslutade sig, beslöt, enigt om, enig om, eniga om, ense om, överens om,
        enas om, enades om, ställer sig bakom, ställde sig bakom, fastställer, fastställde, antar, antog, avslår,
        avslog, bifaller, biföll, godkänner, godkände, utser, utsåg, väljer, valde, uppdrar åt, uppdrog åt,
        bordlägger, bordlade, bestämmer, bestämde, tillstyrker, tillstyrkte, avstyrker, hänskjuter
    """),
    decided=listed("""
        beslutas, beslutades, beslöts, fastställs, fastställdes, bifalls, bifölls, avslås, avslogs, bordläggs,
        bordlades, skjuts upp, sköts upp, beslut fattades om, beslut togs om, bestämdes, beslut fattas om, fattades
        beslut om, togs beslut om, beslutet blev, beslutet blir, läggs till handlingarna, lades till handlingarna, man
        beslutade, man beslutar, man enades, man enas, man kom överens om, man är överens om, hänskjuts, hänsköts
    """),
    chosen=("utses", "utsågs", "väljs", "valdes", "omvaldes", "nyvaldes"),
    outcomes={
        "deferred": listed("""
            bordläggs, bordlades, bordlägger, bordlade, bordlägga, skjuts upp, sköts upp, skjuta upp, skjuter upp,
            skjuta på, skjuter på, skjuts fram, avvakta med beslut
        """),
        "rejected": ("avslår", "avslog", "avslås", "avslogs", "avslå"),
        "adopted_with_changes": ("med ändring", "med ändringen", "med ändringar", "med tillägget", "med tillägg"),
        "noted": ("läggs till handlingarna", "lades till handlingarna", "lägga till handlingarna", "noteras"),
        "referred": ("hänskjuts", "hänsköts", "hänskjuter", "hänskjuta"),
    },
    approving={
        "rejected": ("godkänns inte", "godkänns ej", "godkändes inte", "godkändes ej"),
        "adopted_with_changes": listed("""
            med ändring, med ändringen, med ändringar, med följande ändring, med följande ändringar, med justering,
            med justeringen, med justeringar, med tillägg, med tillägget, med rättelse, med rättelsen, efter
            justering, efter ändring, efter rättelse
        """),
        "adopted": listed("""
            inga anmärkningar, inga synpunkter, inga kommentarer, inga invändningar, inga ändringar, utan anmärkning,
            utan anmärkningar, utan ändring, utan ändringar, utan synpunkter, inget att anmärka, inget att tillägga,
            godkänns, godkändes, godkända, godkänt, godkänner, godkänna, godkände, läggs till handlingarna, lades till
            handlingarna, lagts till handlingarna, u.a
        """),
    },
    returning=listed("""
        tas upp, ska tas upp, tas åter upp, tar upp, diskuteras, behandlas, återkommer, fortsätter, fortsätter
        diskussionen, följs upp, följer upp, lyfts, beslutas, beslutar om, tar beslut, tas, fattar beslut, återupptas,
        bereds, redovisas, presenteras, ny punkt, stående punkt, beslut fattas, beslut tas, återrapportering,
        uppföljning, återkoppling, ny diskussion
    """),
    labels={
        "decision": listed("""
            beslut, beslutat, beslutades, förslag, förslag till beslut, beslutsförslag, fattade beslut, följande
            beslut fattades, följande beslutades, beslutspunkter
        """),
        "action": listed("""
            åtagande, åtaganden, åtgärder, att göra, att göra till nästa möte, uppgifter, arbetsuppgifter, uppdrag,
            att-göra-lista, todo, to do, aktiviteter, aktivitetslista, handlingsplan, åtgärdslista, vem gör vad
        """),
        "next_time": ("att ta upp", "frågor till nästa möte", "punkter till nästa möte", "inför nästa möte"),
    },
    following=("att", "följande"),
    # Until when
    deadlines=listed("senast, senast till, till, före, innan, inför, senast på, senast under"),
    articles=("den", "mötet", "mötet den", "mötet på"),
    # Where a full stop ends no sentence
    abbreviations=listed("""
        bl, a, t, ex, dvs, d.v.s, osv, o.s.v, m.m, mm, m.fl, fr.o.m, t.o.m, ca, kl, nr, resp, inkl, exkl, ev, tel, st,
        ordf, sekr, v, jfr, prel, forts, s.k, p.g.a, ang, avs, obs, dr, doc, prof, bil, sid, kap, dnr
    """),
)
