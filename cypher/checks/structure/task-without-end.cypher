// A task-and-finish group has no end.
//
// Severity: warning.
// Authority: Good practice: a task-and-finish group is set up for a time.
// Mend: Add `end_date` to the group, with the citation; or another `kind`, where it is to stay.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The group.
// message: What is wrong with it.
// certainty: The weakest of the facts that it follows from.
// citations: Where these are taken from; a list.
//
// Sorted by subject_id.
MATCH (body:Body)
WHERE body.kind = 'task-and-finish-group'
  AND body.holds_from <= $as_of AND body.holds_to = '9999-12-31'
UNWIND [body] AS fact
UNWIND fact.citations AS citation
WITH body, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH body, collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN body.id AS subject_id, body.name AS subject,
  'is a task-and-finish group, there since ' + body.holds_from + ', and has no stated end' AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
