// The review of an agreement is overdue.
//
// Severity: warning.
// Authority: The date in the agreement itself.
// Mend: Review the agreement and give it its next `review_date`; or end it by `end_date`.
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
WHERE agreement.holds_from <= $as_of AND $as_of <= agreement.holds_to
  AND NOT (agreement.status = 'expired' AND agreement.end_date IS NULL)
  // A month or a year is over on its last day.
  AND agreement.review_date < substring($as_of, 0, size(agreement.review_date))
UNWIND [agreement] AS fact
UNWIND fact.citations AS citation
WITH agreement, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH agreement, collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN agreement.id AS subject_id, agreement.name AS subject,
  'was to be reviewed by ' + agreement.review_date AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
