// A body of a partnership has no stated members.
//
// Severity: warning.
// Authority: Good practice: whoever reads of a body can see who sits on it.
// Mend: Add the seats of the body, with their citation. Where no text lists them, keep that as an issue of
//   the kind not-stated, and waive the finding for as long as it is to stand.
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
  AND (body.kind IS NULL OR body.kind <> 'business-unit')
  AND NOT EXISTS {
    MATCH (body)<-[sits:ON]-(seat:Seat)
    WHERE seat.role <> 'chair' AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
  }
OPTIONAL MATCH (body)<-[leads:ON]-(chair:Seat)
WHERE leads.holds_from <= $as_of AND $as_of <= leads.holds_to
WITH body, chair IS NOT NULL AS has_chair,
  [fact IN [body, leads, chair] + part WHERE fact IS NOT NULL] AS facts
UNWIND facts AS fact
UNWIND fact.citations AS citation
WITH body, has_chair, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH body, has_chair,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN body.id AS subject_id, body.name AS subject,
  CASE WHEN has_chair THEN 'has a chair and no other seat' ELSE 'has no stated seats' END AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
