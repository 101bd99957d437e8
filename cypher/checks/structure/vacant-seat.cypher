// A seat is vacant.
//
// Severity: warning.
// Authority: Good practice: every place on a body is filled.
// Mend: Ask the partner whose place it is to fill it; then give the seat its post by `filled_by` and the
//   state filled.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The seat.
// message: What is wrong with it.
// certainty: The weakest of the facts that it follows from.
// citations: Where these are taken from; a list.
//
// Sorted by subject_id.
MATCH (seat:Seat)-[sits:ON]->(place:Body|Partnership)
WHERE seat.state = 'vacant' AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
UNWIND [seat, sits] AS fact
UNWIND fact.citations AS citation
WITH seat, place, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH seat, place,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN seat.id AS subject_id, seat.name AS subject,
  'is a vacant seat on ' + place.name AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
