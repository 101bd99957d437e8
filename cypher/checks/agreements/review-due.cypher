// The review of an agreement falls due soon.
//
// Severity: note.
// Authority: The date in the agreement itself.
// Mend: Put the review on the agenda of the parties.
//
// $as_of: Date = today. The day asked about.
// $days: Integer = 90. How many days ahead are looked at.
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
  AND agreement.review_date >= substring($as_of, 0, size(agreement.review_date))
  AND agreement.review_date <= toString(date($as_of) + duration({days: $days}))
UNWIND [agreement] AS fact
UNWIND fact.citations AS citation
WITH agreement, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH agreement, collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN agreement.id AS subject_id, agreement.name AS subject,
  'is to be reviewed by ' + agreement.review_date AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
