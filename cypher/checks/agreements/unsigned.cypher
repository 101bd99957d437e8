// An agreement is in force and not signed.
//
// Severity: warning.
// Authority: Good practice: the parties sign what they have agreed.
// Mend: Add `signed_date` to the agreement, with the citation; or the status intended, where it is still
//   to be signed.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The agreement.
// message: What is wrong with it.
// certainty: The weakest of the facts that it follows from.
// citations: Where these are taken from; a list.
//
// Sorted by subject_id.
MATCH (agreement:Agreement)
WHERE agreement.status = 'in-force' AND agreement.holds_from <= $as_of AND $as_of <= agreement.holds_to
  AND (agreement.signed_date IS NULL OR agreement.signed_date > $as_of)
UNWIND [agreement] AS fact
UNWIND fact.citations AS citation
WITH agreement, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH agreement, collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN agreement.id AS subject_id, agreement.name AS subject,
  CASE WHEN agreement.signed_date IS NULL THEN 'is in force, and when it was signed is not stated'
    ELSE 'is in force, and signed only on ' + agreement.signed_date END AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
