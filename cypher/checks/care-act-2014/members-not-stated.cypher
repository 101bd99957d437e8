// A Safeguarding Adults Board has no stated members, which leaves open whether the Act's are among them.
//
// Severity: note.
// Authority: Care Act 2014, section 43 and Schedule 2, paragraph 1(1): the local authority, the police and an
//   NHS commissioner are members.
//
// Mend: Add the seats of the board with their citations; where no text has them, say so in an issue of the
//   kind not-stated.
//
// $as_of: Date = today. The day asked about.
// $instruments: Instrument, several. The Act and its guidance.
//
// subject_id, subject: The board: a body that is mandated by the Act.
// message: What is not stated.
// certainty: The weaker of the board and its mandate.
// citations: Where both are taken from; a list.
//
// Sorted by subject_id.
MATCH (instrument:Instrument)
WHERE instrument.id IN $instruments
MATCH (board:Body)-[mandate:MANDATED_BY]->(instrument)
WHERE mandate.holds_from <= $as_of AND $as_of <= mandate.holds_to
WITH DISTINCT board
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
    MATCH (board)<-[sits:ON]-(seat:Seat)
    WHERE seat.role IN ['lead', 'member'] AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
  }
WITH board, 'has no stated members; whether the local authority, the police and an NHS commissioner sit on '
  + 'it is not stated' AS message
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
