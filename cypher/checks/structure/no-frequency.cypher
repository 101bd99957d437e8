// How often a body of a partnership meets is not stated.
//
// Severity: note.
// Authority: Good practice: terms of reference say how often a body meets.
// Mend: Add `meetings_per_year` to the body, or what is said of its meetings as `meeting_note`, with the
//   citation.
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
  AND body.meetings_per_year IS NULL AND body.meeting_note IS NULL
UNWIND [body] + part AS fact
UNWIND fact.citations AS citation
WITH body, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH body, collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN body.id AS subject_id, body.name AS subject,
  'has no stated frequency of meetings' AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
