// A body is accountable to one of a lower tier.
//
// Severity: error.
// Authority: The partnership's own tiers, which are stated from the top.
// Mend: Mend the tier of one of the two, the order of the partnership's tiers, or the line of
//   accountability.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The body that is accountable.
// message: What is wrong with it.
// certainty: The weakest of the facts that it follows from.
// citations: Where these are taken from; a list.
//
// Sorted by subject_id.
MATCH (body:Body)-[up:ACCOUNTABLE_TO]->(other:Body)
WHERE up.holds_from <= $as_of AND $as_of <= up.holds_to
  AND body.tier <> other.tier
MATCH (body)-[part:PART_OF*1..10]->(partnership:Partnership)
WHERE all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
MATCH (other)-[within:PART_OF*1..10]->(whole:Partnership)
WHERE whole.id = partnership.id
  AND all(line IN within WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
WITH body, other, [body, other, up, partnership] + part + within AS facts,
  [i IN range(0, size(partnership.tiers) - 1) WHERE partnership.tiers[i] = body.tier][0] AS own_place,
  [i IN range(0, size(partnership.tiers) - 1) WHERE partnership.tiers[i] = other.tier][0] AS other_place
WHERE own_place < other_place
WITH body, other.name + ' (' + other.tier + ')' AS text, facts
ORDER BY text
WITH body, collect(DISTINCT text) AS texts, collect(facts) AS all_facts
UNWIND all_facts AS facts
UNWIND facts AS fact
UNWIND fact.citations AS citation
WITH body, texts, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH body, texts,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN body.id AS subject_id, body.name AS subject,
  'is of the tier ' + body.tier + ' and accountable to a body of a lower one: '
    + reduce(said = texts[0], one IN texts[1..] | said + '; ' + one) AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
