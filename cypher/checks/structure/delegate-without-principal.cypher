// A post sits somewhere and no longer acts for anybody, though it did.
//
// Severity: warning.
// Authority: Good practice: whoever sits for somebody else is known to sit for whom.
// Mend: Say by `acts_for` on whose behalf the post acts now, with the citation; or end its seats.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The post.
// message: What is wrong with it.
// certainty: The weakest of the facts that it follows from.
// citations: Where these are taken from; a list.
//
// Sorted by subject_id.
MATCH (post:Post)<-[fills:FILLED_BY]-(seat:Seat)-[sits:ON]->(place:Body|Partnership)
WHERE fills.holds_from <= $as_of AND $as_of <= fills.holds_to
  AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
  AND NOT EXISTS {
    MATCH (post)-[acts:ACTS_FOR]->()
    WHERE acts.holds_from <= $as_of AND $as_of <= acts.holds_to
  }
WITH post, fills, seat, sits, place
ORDER BY place.name
WITH post, collect(DISTINCT place.name) AS places, collect([post, fills, seat, sits]) AS seat_facts
MATCH (post)-[once:ACTS_FOR]->(principal)
WHERE once.holds_to < $as_of
WITH post, places, seat_facts, once, principal.name + ' until ' + once.holds_to AS text
ORDER BY text
WITH post, places, seat_facts, collect(DISTINCT text) AS texts, collect(once) AS lines
UNWIND seat_facts + [lines] AS facts
UNWIND facts AS fact
UNWIND fact.citations AS citation
WITH post, places, texts, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH post, places, texts,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN post.id AS subject_id, post.name AS subject,
  'sits on ' + reduce(said = places[0], one IN places[1..] | said + '; ' + one)
    + ' and acts for nobody; it acted for '
    + reduce(said = texts[0], one IN texts[1..] | said + '; ' + one) AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
