// A Safeguarding Adults Board has no chair.
//
// Severity: warning.
// Authority: Care Act 2014, section 43 and Schedule 2, paragraph 1(3): the local authority, having consulted
//   the other members, must appoint a chair with the required skills and experience.
//
// Mend: Add a seat with the role chair to the board, with its citation; where the seat is vacant, the local
//   authority has to appoint somebody.
//
// $as_of: Date = today. The day asked about.
// $instruments: Instrument, several. The Act and its guidance.
//
// subject_id, subject: The board: a body that is mandated by the Act.
// message: Whether no chair is stated or the seat is vacant.
// certainty: The weakest of the board, its mandate and the vacant seat.
// citations: Where all of these are taken from; a list.
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
    WHERE seat.role = 'chair' AND coalesce(seat.state, 'not-stated') <> 'vacant'
      AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
  }
WITH board, CASE WHEN EXISTS {
  MATCH (board)<-[sits:ON]-(seat:Seat)
  WHERE seat.role = 'chair' AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
} THEN 'has no chair: the seat is vacant' ELSE 'has no stated chair' END AS message
CALL (board) {
  RETURN board.certainty AS fact_certainty, board.citations AS fact_citations
  UNION ALL
  MATCH (board)-[mandate:MANDATED_BY]->(instrument:Instrument)
  WHERE instrument.id IN $instruments
    AND mandate.holds_from <= $as_of AND $as_of <= mandate.holds_to
  RETURN mandate.certainty AS fact_certainty, mandate.citations AS fact_citations
  UNION ALL
  MATCH (board)<-[sits:ON]-(seat:Seat)
  WHERE seat.role = 'chair' AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
  UNWIND [seat, sits] AS fact
  RETURN fact.certainty AS fact_certainty, fact.citations AS fact_citations
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
