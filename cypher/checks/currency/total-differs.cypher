// The contributions to a fund do not add up to its stated total.
//
// Severity: warning.
// Authority: The total as the source prints it.
// Mend: Look both up in the source. Mend what was copied wrongly; where the source itself does not add up,
//   keep that as an issue of the kind conflict and waive the finding.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The fund.
// message: What is wrong with it.
// certainty: The weakest of the facts that it follows from.
// citations: Where these are taken from; a list.
//
// Sorted by subject_id.
MATCH (fund:Fund)
WHERE fund.total IS NOT NULL AND fund.holds_from <= $as_of
// A contribution of a past year stays one when whoever paid it is gone.
MATCH (fund)<-[pays:CONTRIBUTES]-()
WITH fund, collect(pays) AS lines, toInteger(round(sum(pays.amount) * 100)) AS paid,
  toInteger(round(fund.total * 100)) AS total
WHERE paid <> total
// Written alike on every store, whether a number is whole or not.
WITH fund, lines, [amount IN [paid, total] | toString(amount / 100)
  + CASE WHEN amount % 100 = 0 THEN '' ELSE '.' + right('0' + toString(amount % 100), 2) END
  + ' ' + fund.currency] AS said
UNWIND [fund] + lines AS fact
UNWIND fact.citations AS citation
WITH fund, said, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH fund, said,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN fund.id AS subject_id, fund.name AS subject,
  'has contributions that come to ' + said[0] + ', and a stated total of ' + said[1] AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
