// A post fills several seats on one body.
//
// Severity: warning.
// Authority: Good practice: a person has one place and one vote on a body.
// Mend: Take away the seat that the source does not support; where the post has both, for instance as
//   chair and for its organisation, waive the finding with that reason.
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
WITH post, place, seat, seat.name + ' (' + seat.role + ')' AS text, [post, seat, fills, sits] AS facts
ORDER BY text, seat.id
WITH post, place, count(DISTINCT seat.id) AS seats, collect(DISTINCT text) AS texts,
  collect(facts) AS place_facts
WHERE seats > 1
WITH post, place_facts, toString(seats) + ' seats on ' + place.name + ': '
  + reduce(said = texts[0], one IN texts[1..] | said + ', ' + one) AS text
ORDER BY text
WITH post, collect(text) AS texts, collect(place_facts) AS all_facts
UNWIND all_facts AS place_facts
UNWIND place_facts AS facts
UNWIND facts AS fact
UNWIND fact.citations AS citation
WITH post, texts, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH post, texts,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN post.id AS subject_id, post.name AS subject,
  'fills ' + reduce(said = texts[0], one IN texts[1..] | said + '; ' + one) AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
