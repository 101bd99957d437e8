// A Safeguarding Adults Board has no stated strategic plan for the financial year.
//
// Severity: note.
// Authority: Care Act 2014, section 43 and Schedule 2, paragraph 3(1): the board must publish a strategic
//   plan for each financial year.
//
// Mend: Add the plan, with the kind strategic-plan and the dates from and to which it runs, as part of the
//   board or of what that is part of or accountable to. Where there is none, the board has to publish one.
//
// $as_of: Date = today. The day asked about.
// $instruments: Instrument, several. The Act and its guidance.
//
// subject_id, subject: The board: a body that is mandated by the Act.
// message: For which financial year no plan is stated.
// certainty: The weaker of the board and its mandate.
// citations: Where both are taken from; a list.
//
// Sorted by subject_id.
WITH toInteger(substring($as_of, 0, 4))
  - CASE WHEN substring($as_of, 5, 2) < '04' THEN 1 ELSE 0 END AS year // A financial year begins in April.
MATCH (instrument:Instrument)
WHERE instrument.id IN $instruments
MATCH (board:Body)-[mandate:MANDATED_BY]->(instrument)
WHERE mandate.holds_from <= $as_of AND $as_of <= mandate.holds_to
WITH DISTINCT board, year
// A part of the board, or a group that answers to it, is no board of its own.
WHERE NOT coalesce(board.kind, 'board')
    IN ['sub-group', 'panel', 'strand', 'forum', 'task-and-finish-group', 'business-unit']
  AND NOT EXISTS {
    MATCH (board)-[up:PART_OF|ACCOUNTABLE_TO*1..10]->(above:Body)-[other:MANDATED_BY]->(act:Instrument)
    WHERE act.id IN $instruments AND above.id <> board.id
      AND other.holds_from <= $as_of AND $as_of <= other.holds_to
      AND all(line IN up WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  }
  AND NOT EXISTS {
    MATCH (board)-[up:PART_OF|ACCOUNTABLE_TO*0..10]->()<-[part:PART_OF]-(plan:Plan)
    WHERE plan.kind = 'strategic-plan'
      AND part.holds_from <= $as_of AND toString(year) + '-04-01' <= part.holds_to
      AND all(line IN up WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  }
WITH board, 'is not stated to have a strategic plan for the financial year ' + toString(year) + '-'
  + substring(toString(year + 1), 2) AS message
CALL (board) {
  RETURN board.certainty AS fact_certainty, board.citations AS fact_citations
  UNION ALL
  MATCH (board)-[mandate:MANDATED_BY]->(instrument:Instrument)
  WHERE instrument.id IN $instruments
    AND mandate.holds_from <= $as_of AND $as_of <= mandate.holds_to
  RETURN mandate.certainty AS fact_certainty, mandate.citations AS fact_citations
}
UNWIND CASE WHEN size(fact_citations) = 0 THEN [null] ELSE fact_citations END AS citation
WITH board, message, fact_certainty, citation ORDER BY citation
WITH board, message,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN board.id AS subject_id, board.name AS subject, message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
