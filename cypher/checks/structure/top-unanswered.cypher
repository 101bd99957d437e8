// A body at the top of a partnership is accountable to nobody.
//
// Severity: warning.
// Authority: Good practice: somebody answers for the top body, such as the accountable officers of its
//   partners.
// Mend: Add `accountable_to` to the body: the posts or organisations that stay accountable, with the
//   citation; or `tier`, where it is not at the top.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The body.
// message: What is wrong with it.
// certainty: The weakest of the facts that it follows from.
// citations: Where these are taken from; a list.
//
// Sorted by subject_id.
MATCH (body:Body)-[part:PART_OF*1..10]->(partnership:Partnership)
WHERE all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  AND NOT EXISTS {
    MATCH (body)-[up:ACCOUNTABLE_TO]->()
    WHERE up.holds_from <= $as_of AND $as_of <= up.holds_to
  }
OPTIONAL MATCH (body)<-[below:ACCOUNTABLE_TO|REPORTS_TO]-(:Body)
WHERE body.tier IS NULL AND below.holds_from <= $as_of AND $as_of <= below.holds_to
WITH body, part, below, body.tier = partnership.tiers[0] AS first, EXISTS {
    MATCH (body)-[up:REPORTS_TO]->()
    WHERE up.holds_from <= $as_of AND $as_of <= up.holds_to
  } AS reports
// Where no tier is stated, what others answer to and what answers to nobody is a top.
WHERE first OR (below IS NOT NULL AND NOT reports)
WITH body, [fact IN [body, below] + part WHERE fact IS NOT NULL] AS facts
UNWIND facts AS fact
UNWIND fact.citations AS citation
WITH body, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH body,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN body.id AS subject_id, body.name AS subject,
  CASE WHEN body.tier IS NULL
    THEN 'is accountable to nobody and reports to nobody, as far as is stated; others answer or report to it'
    ELSE 'is of the first tier, ' + body.tier + ', and accountable to nobody, as far as is stated'
    END AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
