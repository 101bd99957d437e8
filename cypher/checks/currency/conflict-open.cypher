// Sources disagree, and no reading is taken.
//
// Severity: warning.
// Authority: Good practice: a reader is told which of two readings the record follows, and why.
// Mend: Add `taken` to the issue: the reading that the record follows, and why.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The issue.
// message: What is wrong with it.
// certainty: The weakest of the facts that it follows from.
// citations: Where these are taken from; a list.
//
// Sorted by subject_id.
MATCH (issue:Issue)
WHERE issue.kind = 'conflict' AND issue.taken IS NULL
  AND issue.holds_from <= $as_of AND $as_of <= issue.holds_to
OPTIONAL MATCH (issue)-[line:CONCERNS]->(about)
WITH issue, line, about
ORDER BY about.name
WITH issue, collect(line) AS lines, collect(DISTINCT about.name) AS names
UNWIND [issue] + lines AS fact
UNWIND fact.citations AS citation
WITH issue, names, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH issue, names,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN issue.id AS subject_id, issue.name AS subject,
  'is open: no reading is taken' + CASE WHEN size(names) = 0 THEN ''
    ELSE '; it concerns ' + reduce(said = names[0], one IN names[1..] | said + '; ' + one) END AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
