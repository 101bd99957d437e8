// None of the leading bodies whose members are stated has all three safeguarding partners on it.
//
// A leading body is one that the guidance mandates, a board, an executive, or one to which others are
// accountable and which is accountable to no other body.
//
// Severity: warning.
// Authority: Working Together to Safeguard Children 2018, chapter 3: the three safeguarding partners should
//   act as a strategic leadership group. Children Act 2004, section 16E(1) and (3): they are the local
//   authority, the police and the NHS commissioner, and have to work together.
//
// Mend: Add the missing seat to the body on which the three lead together, with the citation; where no text
//   says who sits there, find out, and until then say so in an issue of the kind not-stated.
//
// $as_of: Date = today. The day asked about.
// $instruments: Instrument, several. The guidance.
//
// subject_id, subject: What the guidance mandates: a partnership, or a body that is in none which it does.
// message: For whom each leading body has no seat, and who had one until when.
// certainty: The weakest of its mandate, the bodies and the seats that there were.
// citations: Where all of these are taken from; a list.
//
// Sorted by subject_id.
MATCH (instrument:Instrument)
WHERE instrument.id IN $instruments
MATCH (subject:Body|Partnership)-[mandate:MANDATED_BY]->(instrument)
WHERE mandate.holds_from <= $as_of AND $as_of <= mandate.holds_to
WITH DISTINCT subject
WHERE NOT EXISTS {
  MATCH (subject)-[part:PART_OF*1..10]->(whole)-[other:MANDATED_BY]->(guidance:Instrument)
  WHERE guidance.id IN $instruments AND whole.id <> subject.id
    AND other.holds_from <= $as_of AND $as_of <= other.holds_to
    AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
}
// Where the partners can lead together.
CALL (subject) {
  MATCH (subject:Body)
  RETURN subject AS board
  UNION
  MATCH (subject)<-[part:PART_OF*1..10]-(board:Body)
  WHERE all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
    AND (board.kind IN ['board', 'executive'] OR EXISTS {
      MATCH (board)-[other:MANDATED_BY]->(guidance:Instrument)
      WHERE guidance.id IN $instruments
        AND other.holds_from <= $as_of AND $as_of <= other.holds_to
    } OR (EXISTS {
      MATCH (board)<-[below:ACCOUNTABLE_TO]-(:Body)
      WHERE below.holds_from <= $as_of AND $as_of <= below.holds_to
    } AND NOT EXISTS {
      MATCH (board)-[above:ACCOUNTABLE_TO]->(:Body)
      WHERE above.holds_from <= $as_of AND $as_of <= above.holds_to
    }))
  RETURN board
}
WITH subject, board, EXISTS {
  MATCH (board)<-[sits:ON]-(seat:Seat)
  WHERE seat.role IN ['lead', 'member'] AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
} AS listed
UNWIND [
  [1, 'local-authority', 'the local authority'],
  [2, 'police', 'the police'],
  [3, 'nhs-commissioner', 'an NHS commissioner (' + CASE WHEN $as_of < '2022-07-01'
    THEN 'clinical commissioning group' ELSE 'integrated care board' END + ')']
] AS wanted
WITH subject, board, listed, wanted[0] AS position, wanted[1] AS kind, wanted[2] AS words, EXISTS {
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
WITH subject, board, listed, position, kind, words, seated ORDER BY position
WITH subject, board, listed, collect(CASE WHEN listed AND NOT seated THEN kind END) AS kinds,
  collect(CASE WHEN NOT seated THEN words END) AS missing
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
WITH subject, board, listed, kinds, 'has no seat for ' + missing[0]
  + CASE size(missing) WHEN 1 THEN '' WHEN 2 THEN ' or ' + missing[1]
    ELSE ', ' + missing[1] + ' or ' + missing[2] END
  + CASE WHEN size(ended) = 0 THEN ''
    ELSE reduce(text = ', where ' + ended[0], one IN ended[1..] | text + ' and ' + one) END AS lacks
ORDER BY listed DESC, board.name, board.id
WITH subject, collect(CASE WHEN listed THEN size(kinds) END) AS counts,
  collect(CASE WHEN listed THEN lacks END) AS lacking,
  collect(CASE WHEN listed THEN board.name + ' ' + lacks
    ELSE 'who sits on ' + board.name + ' is not stated' END) AS told,
  collect(board.id) AS board_ids, collect([kind IN kinds | board.id + ' ' + kind]) AS pairs
WHERE size(counts) > 0 AND all(number IN counts WHERE number > 0)
WITH subject, board_ids, reduce(all_pairs = [], some IN pairs | all_pairs + some) AS pairs,
  CASE WHEN subject:Body AND size(told) = 1 THEN lacking[0] ELSE
    CASE WHEN subject:Body
      THEN 'is not stated to have all three safeguarding partners, nor is a leading body in it: '
      ELSE 'has no leading body that is stated to have all three safeguarding partners: ' END
    + reduce(text = told[0], one IN told[1..] | text + '; ' + one) END AS message
CALL (subject, board_ids, pairs) {
  RETURN subject.certainty AS fact_certainty, subject.citations AS fact_citations
  UNION ALL
  MATCH (subject)-[mandate:MANDATED_BY]->(instrument:Instrument)
  WHERE instrument.id IN $instruments
    AND mandate.holds_from <= $as_of AND $as_of <= mandate.holds_to
  RETURN mandate.certainty AS fact_certainty, mandate.citations AS fact_citations
  UNION ALL
  MATCH (subject)<-[part:PART_OF*1..10]-(board:Body)
  WHERE board.id IN board_ids
    AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  UNWIND [board] + part AS fact
  RETURN fact.certainty AS fact_certainty, fact.citations AS fact_citations
  UNION ALL
  MATCH (board:Body)<-[sat:ON]-(seat:Seat)-[spoke:REPRESENTS]->(:Organisation)
    -[:PART_OF*0..10]->(agency:Organisation)
  WHERE board.id IN board_ids AND board.id + ' ' + agency.kind IN pairs
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
WITH subject, message, fact_certainty, citation ORDER BY citation
WITH subject, message,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN subject.id AS subject_id, subject.name AS subject, message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
