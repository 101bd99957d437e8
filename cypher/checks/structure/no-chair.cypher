// A body of a partnership has no stated chair.
//
// Severity: warning.
// Authority: Good practice: somebody answers for each meeting being held and minuted.
// Mend: Add a seat with the role chair to the body, with its citation. Where no text names one, keep that
//   as an issue of the kind not-stated, and waive the finding for as long as it is to stand.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The body.
// message: What is wrong with it.
// certainty: The weakest of the facts that it follows from.
// citations: Where these are taken from; a list.
//
// Sorted by subject_id.
MATCH (body:Body)-[part:PART_OF*1..10]->(:Partnership)
WHERE all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  AND (body.kind IS NULL OR NOT body.kind IN ['business-unit', 'task-and-finish-group'])
  AND NOT EXISTS {
    MATCH (body)<-[sits:ON]-(seat:Seat)
    WHERE seat.role = 'chair' AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
  }
UNWIND [body] + part AS fact
UNWIND fact.citations AS citation
WITH body, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH body, collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN body.id AS subject_id, body.name AS subject,
  'has no stated chair' AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
