// A partnership has several bodies at the top.
//
// Severity: warning.
// Authority: Good practice: a reader can tell which body leads.
// Mend: Add the line of accountability or of reports that joins them, or mend the tiers. Where the
//   partnership is led by several bodies, waive the finding with that reason.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The partnership.
// message: What is wrong with it.
// certainty: The weakest of the facts that it follows from.
// citations: Where these are taken from; a list.
//
// Sorted by subject_id.
MATCH (body:Body)-[part:PART_OF*1..10]->(partnership:Partnership)
WHERE all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  AND NOT EXISTS {
    MATCH (body)-[up:ACCOUNTABLE_TO|REPORTS_TO]->(:Body)-[within:PART_OF*1..10]->(whole:Partnership)
    WHERE whole.id = partnership.id AND up.holds_from <= $as_of AND $as_of <= up.holds_to
      AND all(line IN within WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  }
OPTIONAL MATCH (body)<-[below:ACCOUNTABLE_TO]-(:Body)
WHERE body.tier IS NULL AND below.holds_from <= $as_of AND $as_of <= below.holds_to
WITH partnership, body, part, below
// Where no tier is stated, what others answer to is a top.
WHERE body.tier = partnership.tiers[0] OR below IS NOT NULL
WITH partnership, body.id AS body_id, body.name AS text,
  [fact IN [partnership, body, below] + part WHERE fact IS NOT NULL] AS facts
ORDER BY text, body_id
WITH partnership, collect(DISTINCT body_id) AS ids, collect(DISTINCT text) AS texts,
  collect(facts) AS all_facts
WHERE size(ids) > 1
UNWIND all_facts AS facts
UNWIND facts AS fact
UNWIND fact.citations AS citation
WITH partnership, ids, texts, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH partnership, ids, texts,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN partnership.id AS subject_id, partnership.name AS subject,
  'has ' + toString(size(ids)) + ' bodies at the top, of which none answers or reports to another: '
    + reduce(said = texts[0], one IN texts[1..] | said + '; ' + one) AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
