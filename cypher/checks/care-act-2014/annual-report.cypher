// A Safeguarding Adults Board is not stated to have published its annual report on a year that ended at least
// 12 months ago.
//
// Severity: note.
// Authority: Care Act 2014, section 43 and Schedule 2, paragraph 4(1): the board must publish a report as
//   soon as is feasible after the end of each financial year.
//
// Mend: Add an event of the kind publication, with its date, its citation and `annual report` in its name,
//   that concerns the board or what that is part of or accountable to. Where nothing was published, the board
//   has to do it.
//
// $as_of: Date = today. The day asked about.
// $instruments: Instrument, several. The Act and its guidance.
//
// subject_id, subject: The board: a body that was mandated by the Act when that year ended.
// message: On which year no report is stated.
// certainty: The weaker of the board and its mandate.
// citations: Where both are taken from; a list.
//
// Sorted by subject_id.
WITH toInteger(substring($as_of, 0, 4))
  - CASE WHEN substring($as_of, 5, 2) < '04' THEN 2 ELSE 1 END AS year // It ended with this year's March.
MATCH (instrument:Instrument)
WHERE instrument.id IN $instruments
MATCH (board:Body)-[mandate:MANDATED_BY]->(instrument)
WHERE mandate.holds_from <= $as_of AND $as_of <= mandate.holds_to
  AND mandate.holds_from < toString(year) + '-04-01' AND 2016 <= year // The Act's first full year.
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
    MATCH (board)-[up:PART_OF|ACCOUNTABLE_TO*0..10]->()<-[:CONCERNS]-(event:Event)
    WHERE event.kind = 'publication' AND toLower(event.name) CONTAINS 'annual report'
      AND event.holds_from <= $as_of AND toString(year) + '-04-01' <= event.holds_to
      AND all(line IN up WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  }
WITH board, 'is not stated to have published an annual report since the financial year '
  + toString(year - 1) + '-' + substring(toString(year), 2) + ' ended' AS message
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
