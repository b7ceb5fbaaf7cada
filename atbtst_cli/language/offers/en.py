"""The words of offers in English."""

from atbtst_cli.language.offers.words import OfferWords, listed

OFFERS = OfferWords(
    # Small words that tell which language a text is in
    telltale=listed("the, and, to, of, is, that, in, for, with, was, not, are, has, on, be, we"),
    # Who does something: names, names that are words too, words that look like names and are none
    given_names=listed("""
        Adam, Alan, Alice, Amy, Andrew, Angela, Ann, Anna, Anne, Anthony, Barbara, Ben, Brian, Carol, Caroline,
        Catherine, Charles, Charlotte, Chris, Claire, Daniel, David, Deborah, Diana, Donna, Edward, Elizabeth, Emily,
        Emma, Eric, Fiona, Frank, George, Hannah, Helen, Henry, Ian, Jack, Jacob, James, Jane, Janet, Jason, Jennifer,
        Jessica, Joan, John, Jonathan, Joseph, Joshua, Julia, Julie, Karen, Kate, Katherine, Kevin, Laura, Linda,
        Lisa, Louise, Lucy, Margaret, Maria, Martin, Mary, Matthew, Megan, Michael, Michelle, Nancy, Nicholas, Nicola,
        Oliver, Olivia, Pamela, Patricia, Patrick, Paul, Peter, Philip, Rachel, Rebecca, Richard, Robert, Roger, Ruth,
        Ryan, Samantha, Samuel, Sandra, Sarah, Scott, Sharon, Simon, Sophie, Stephen, Steven, Susan, Thomas, Timothy,
        Tom, Tracey, Victoria, Wendy, William
    """),
    wordlike=listed("Dawn, Grace, Hope, Joy, Mark, May, Rob, Rose, Sue, Will"),
    not_names=listed("Any, Human, Medical, National, New, Next, Other, Previous, Region, Regional, The"),
    roles={
        "chair": ("the chair", "the chairperson", "the convenor"),
        "secretary": ("the secretary",),
    },
    pronouns=("he", "she", "they"),
    together=listed("""
        we, all, everybody, everyone, the council, the network, the group, the working group, the board, the
        committee, the meeting, the members, council
    """),
    conjunctions=("and", "&", "+", "/"),
    attributes=("of", "from", "at", "in", "for"),
    # What somebody does: what is to be followed up, what only happened at the meeting, how things are
    doing=listed("""
        adds, analyses, arranges, asks around, books, brings, buys, calculates, calls, checks, circulates, collects,
        compiles, completes, contacts, continues, coordinates, corrects, distributes, drafts, drives, emails, ensures,
        finalises, finds, finds out, finishes, fixes, follows up, forwards, gathers, gets back, handles, hires,
        interviews, investigates, invites, keeps contact, liaises, looks for, looks into, makes, makes sure, meets,
        moves, orders, organises, pays, phones, plans, prepares, prints, proposes dates, publishes, puts together,
        recruits, registers, reports back, reviews, revises, rings, schedules, sends, sends out, sets up, signs, sorts
        out, speaks to, speaks with, submits, takes care, takes on, takes over, talks to, talks with, tests,
        translates, updates, visits, works out, writes
    """),
    telling=listed("""
        adds that, announces, asks, brings up, calls for, chairs, clarifies, closes, comments, concludes, confirms,
        declares, describes, discusses, emphasises, expands, explains, expresses, gives, goes through, greets,
        highlights, informs, introduces, leads, makes clear, mentions, moves that, notes, observes, opens, outlines,
        points out, presents, proposes, raises, recommends, refers, reflects, reminds, repeats, replies, reports,
        responds, says, shares, shows, speaks, states, stresses, suggests, summarises, talks, talks about, tells,
        thanks, updates the, urges, walks through, warns, welcomes
    """),
    lasting=listed("""
        agrees, appears, attends, becomes, begins, believes, belongs, considers, disagrees, does, expects, feels,
        gets, goes, has, hopes, is, joins, keeps, knows, lacks, leaves, likes, lives, looks, means, misses, needs,
        objects, owns, participates, prefers, questions, remains, remembers, represents, resigns, retires, seems,
        sees, sits, stands, starts, stays, stops, substitutes, supports, takes, thinks, understands, wants, wishes,
        wonders, works
    """),
    announcing=("announces", "confirms", "notes", "reports", "says"),
    present=r"[^\W\d_]{3,}s",
    not_verbs=listed("""
        across, always, as, besides, does, has, his, hers, is, its, less, minus, news, ours, perhaps, plus, sometimes,
        theirs, this, thus, towards, versus, was, yes, yours
    """),
    infinitives=(
        ("ies", "y"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("sses", "ss"),
        ("xes", "x"),
        ("goes", "go"),
        ("does", "do"),
        ("s", ""),
    ),
    passives=(),
    by="by",
    # What somebody shall do, has in hand, or answers for
    tasked=listed("""
        will, shall, must, to, is to, are to, is going to, are going to, agrees to, agree to, undertakes to, offers
        to, promises to, is asked to, are asked to, has been asked to, plans to, was asked to, was tasked with, is
        tasked with, agreed to, volunteers to, volunteered to
    """),
    starters=("to", "will", "shall", "must"),
    infinitive="[a-z]{2,}",
    states=listed("be, have, become, need, start, stop, leave, retire, remain, the, not, all"),
    light={
        "has": ("meeting", "meetings", "contact", "dialogue"),
        "takes": ("contact",),
        "gives": ("feedback", "notice"),
    },
    between=listed("a, an, the, in, more, regular, another, further, also, then, planned"),
    asking=listed("asks, asked, task, tasks, tasked, instructs, instructed, invites"),
    between_asked=("to", "with"),
    responsible=("responsible", "in charge"),
    linking=("is", "are", ":"),
    # What makes a sentence say something else
    negations=listed("not, never, no, nobody, none, neither, hardly"),
    subordinators=listed("""
        that, if, when, as, because, while, who, which, where, whether, how, what, why, before, after, since, unless,
        until, although, though
    """),
    that="that",
    openers=listed("then, afterwards, thereafter, next, before, after, by, until, from, for, in, at"),
    past=("was", "were", "went", "had", "became", "worked"),
    another_time=listed("""
        last year, last meeting, last month, last week, earlier, later, already, previously, previous
    """),
    # What was decided, approved or put off
    deciding=listed("""
        decides, decided, decide, agrees, agreed, agree, resolves, resolved, adopts, adopted, approves, approved,
        rejects, rejected, endorses, endorsed, appoints, appointed, elects, elected, postpones, postponed, defers,
        deferred, is agreed, are agreed, is in agreement
    """),
    decided=listed("""
        it was decided, it is decided, it was agreed, it is agreed, it was resolved, was adopted, is adopted, was
        rejected, is rejected, was postponed, is postponed, was deferred, is deferred, were adopted, were rejected,
        were postponed, decided that, agreed that, decided to
    """),
    chosen=("is appointed", "was appointed", "is elected", "was elected", "were elected", "were appointed"),
    outcomes={
        "deferred": listed("postpones, postponed, postpone, defers, deferred, defer, is put off, was put off"),
        "rejected": ("rejects", "rejected", "reject"),
        "adopted_with_changes": ("with a change", "with changes", "with the change", "with amendments", "as amended"),
        "noted": ("was noted", "is noted", "were noted"),
    },
    approving={
        "rejected": ("not approved", "were not approved", "are not approved"),
        "adopted_with_changes": listed("""
            with a change, with changes, with the change, with the following change, with amendments, with
            corrections, with a correction, as amended, as corrected, with the following changes
        """),
        "adopted": listed("""
            no comments, no remarks, no objections, no changes, no corrections, without comment, without comments,
            without changes, without objection, approved, adopted, accepted
        """),
    },
    returning=listed("""
        brought up, to be brought up, taken up, to be discussed, discussed, continues, continue, returns to, return
        to, comes back, come back, followed up, decided, on the agenda
    """),
    labels={
        "decision": listed("decision, decisions, decided, resolved, proposal, proposals, proposed decisions"),
        "action": listed("""
            actions, action points, action items, to do, todo, tasks, commitments, who does what, next steps
        """),
        "next_time": ("for next time", "to bring up"),
    },
    following=("that", "to", "the", "following"),
    # Until when
    deadlines=("by", "before", "until", "no later than", "due", "in time for"),
    articles=("the", "the meeting on", "the meeting"),
    # Where a full stop ends no sentence
    abbreviations=listed("e.g, i.e, etc, mr, mrs, ms, dr, no, prof, approx, incl, cf, vs, resp, p"),
)
