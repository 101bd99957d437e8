// A seat is stated to last longer than its body.
//
// Severity: error.
// Authority: The dates of the dataset itself.
// Mend: Mend the end of the seat or of the body, whichever the source does not support.
//
// subject_id, subject: The seat.
// message: What is wrong with it.
// certainty: The weakest of the facts that it follows from.
// citations: Where these are taken from; a list.
//
// Sorted by subject_id.
MATCH (seat:Seat)-[sits:ON]->(place:Body|Partnership)
WHERE seat.end_date > place.holds_to OR sits.end_date > place.holds_to
OPTIONAL MATCH (place)<-[succeeds:SUCCEEDS]-()
WHERE place.end_date IS NULL
WITH seat, place, [fact IN [seat, sits, place, succeeds] WHERE fact IS NOT NULL] AS facts,
  CASE WHEN seat.end_date > place.holds_to THEN seat.end_date ELSE sits.end_date END AS ending
UNWIND facts AS fact
UNWIND fact.citations AS citation
WITH seat, place, ending, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH seat, place, ending,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN seat.id AS subject_id, seat.name AS subject,
  'is stated to end on ' + ending + ', after ' + place.name + ' ended on ' + place.holds_to AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
