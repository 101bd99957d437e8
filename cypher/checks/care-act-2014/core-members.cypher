// A Safeguarding Adults Board has no seat for one of the members that the Act names.
//
// Severity: warning.
// Authority: Care Act 2014, section 43 and Schedule 2, paragraph 1(1): the members are the local authority
//   that established the board, the chief officer of police, and the integrated care board, which took the
//   place of the clinical commissioning group on 1 July 2022.
//
// Mend: Add the seat and whom it represents, with the citation; the organisation has the kind
//   local-authority, police or nhs-commissioner. Where no text says who sits there, find out, and until then
//   say so in an issue of the kind not-stated.
//
// $as_of: Date = today. The day asked about.
// $instruments: Instrument, several. The Act and its guidance.
//
// subject_id, subject: The board: a body that is mandated by the Act and has stated members.
// message: Which members have no seat, and who had one until when.
// certainty: The weakest of the board, its mandate and the seats that there were.
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
  AND EXISTS {
    MATCH (board)<-[sits:ON]-(seat:Seat)
    WHERE seat.role IN ['lead', 'member'] AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
  }
UNWIND [
  [1, 'local-authority', 'the local authority'],
  [2, 'police', 'the police'],
  [3, 'nhs-commissioner', 'an NHS commissioner (' + CASE WHEN $as_of < '2022-07-01'
    THEN 'clinical commissioning group' ELSE 'integrated care board' END + ')']
] AS wanted
WITH board, wanted[0] AS position, wanted[1] AS kind, wanted[2] AS words, EXISTS {
  MATCH (board)<-[sits:ON]-(seat:Seat)-[speaks:REPRESENTS]->(:Organisation)
    -[part:PART_OF*0..10]->(agency:Organisation)
  WHERE agency.kind = wanted[1] AND seat.role IN ['chair', 'vice-chair', 'lead', 'member']
    AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
    AND speaks.holds_from <= $as_of AND $as_of <= speaks.holds_to
    AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
} OR EXISTS {
  MATCH (board)<-[sits:ON]-(seat:Seat)-[fills:FILLED_BY]->(:Post)-[within:POST_IN]->(:Organisation)
    -[part:PART_OF*0..10]->(agency:Organisation)
  WHERE agency.kind = wanted[1] AND seat.role IN ['chair', 'vice-chair', 'lead', 'member']
    AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
    AND fills.holds_from <= $as_of AND $as_of <= fills.holds_to
    AND within.holds_from <= $as_of AND $as_of <= within.holds_to
    AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
    AND NOT EXISTS {
      MATCH (seat)-[speaks:REPRESENTS]->()
      WHERE speaks.holds_from <= $as_of AND $as_of <= speaks.holds_to
    }
} AS seated
WHERE NOT seated
WITH board, position, kind, words ORDER BY position
WITH board, collect(kind) AS kinds, collect(words) AS missing
CALL (board, kinds) {
  MATCH (board)<-[sat:ON]-(seat:Seat)-[spoke:REPRESENTS]->(:Organisation)
    -[:PART_OF*0..10]->(agency:Organisation)
  WHERE agency.kind IN kinds
    AND seat.role IN ['chair', 'vice-chair', 'lead', 'member']
    AND sat.holds_from <= sat.holds_to AND spoke.holds_from <= spoke.holds_to
    AND (sat.holds_to < $as_of OR spoke.holds_to < $as_of)
    AND NOT EXISTS {
      MATCH (agency)-[:PART_OF]->(whole:Organisation)
      WHERE whole.kind = agency.kind
    }
  WITH agency.name AS name,
    max(CASE WHEN sat.holds_to < spoke.holds_to THEN sat.holds_to ELSE spoke.holds_to END) AS until
  ORDER BY name, until
  RETURN collect(name + ' had one until ' + until) AS ended
}
WITH board, kinds, 'has no seat for ' + missing[0]
  + CASE size(missing) WHEN 1 THEN '' WHEN 2 THEN ' or ' + missing[1]
    ELSE ', ' + missing[1] + ' or ' + missing[2] END
  + CASE WHEN size(ended) = 0 THEN ''
    ELSE reduce(text = '; ' + ended[0], one IN ended[1..] | text + ' and ' + one) END AS message
CALL (board, kinds) {
  RETURN board.certainty AS fact_certainty, board.citations AS fact_citations
  UNION ALL
  MATCH (board)-[mandate:MANDATED_BY]->(instrument:Instrument)
  WHERE instrument.id IN $instruments
    AND mandate.holds_from <= $as_of AND $as_of <= mandate.holds_to
  RETURN mandate.certainty AS fact_certainty, mandate.citations AS fact_citations
  UNION ALL
  MATCH (board)<-[sat:ON]-(seat:Seat)-[spoke:REPRESENTS]->(:Organisation)
    -[:PART_OF*0..10]->(agency:Organisation)
  WHERE agency.kind IN kinds
    AND seat.role IN ['chair', 'vice-chair', 'lead', 'member']
    AND sat.holds_from <= sat.holds_to AND spoke.holds_from <= spoke.holds_to
    AND (sat.holds_to < $as_of OR spoke.holds_to < $as_of)
    AND NOT EXISTS {
      MATCH (agency)-[:PART_OF]->(whole:Organisation)
      WHERE whole.kind = agency.kind
    }
  UNWIND [sat, spoke] AS line
  RETURN line.certainty AS fact_certainty, line.citations AS fact_citations
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
