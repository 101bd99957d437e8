// A partnership works with another board and has no agreement with it.
//
// Severity: warning.
// Authority: Good practice: boards that work together agree in writing how, and who answers for what.
// Mend: Add the agreement of the two with its parties, with the citation; or waive the finding with the
//   reason why none is needed.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The other board.
// message: What is wrong with it.
// certainty: The weakest of the facts that it follows from.
// citations: Where these are taken from; a list.
//
// Sorted by subject_id.
MATCH (own:Body|Partnership)-[part:PART_OF*0..10]->(partnership:Partnership)
WHERE all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
MATCH (own)-[joins:WORKS_WITH|REPORTS_TO|INFORMS|SCRUTINISES]-(board:Body)
WHERE board.kind = 'board' AND joins.holds_from <= $as_of AND $as_of <= joins.holds_to
  AND any(dataset IN board.datasets WHERE dataset IN partnership.datasets)
  AND NOT EXISTS {
    MATCH (board)-[within:PART_OF*1..10]->(whole:Partnership)
    WHERE whole.id = partnership.id
      AND all(line IN within WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  }
  AND NOT EXISTS {
    MATCH (board)-[signs:PARTY_TO]->(agreement:Agreement)<-[joint:PARTY_TO]-(party:Body|Partnership)
    WHERE signs.holds_from <= $as_of AND $as_of <= signs.holds_to
      AND joint.holds_from <= $as_of AND $as_of <= joint.holds_to
      AND NOT (agreement.status = 'expired' AND agreement.end_date IS NULL)
      AND EXISTS {
        MATCH (party)-[within:PART_OF*0..10]->(whole:Partnership)
        WHERE whole.id = partnership.id
          AND all(line IN within WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
      }
  }
WITH board, partnership, [board, joins] + part AS facts,
  CASE type(joins) WHEN 'WORKS_WITH' THEN 'they work together' WHEN 'REPORTS_TO' THEN 'one reports to the other'
    WHEN 'INFORMS' THEN 'one informs the other' ELSE 'one scrutinises the other' END AS joint
ORDER BY joint DESC
WITH board, partnership, collect(DISTINCT joint) AS joints, collect(facts) AS whole_facts
WITH board, whole_facts, partnership.name + ', though '
  + reduce(said = joints[0], one IN joints[1..] | said + ' and ' + one) AS text
ORDER BY text
WITH board, collect(text) AS texts, collect(whole_facts) AS all_facts
UNWIND all_facts AS whole_facts
UNWIND whole_facts AS facts
UNWIND facts AS fact
UNWIND fact.citations AS citation
WITH board, texts, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH board, texts,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN board.id AS subject_id, board.name AS subject,
  'has no stated agreement with ' + reduce(said = texts[0], one IN texts[1..] | said + '; ' + one) AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
