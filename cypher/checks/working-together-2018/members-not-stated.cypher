// Whether the three safeguarding partners lead together is not stated: no leading body has stated members.
//
// A leading body is one that the guidance mandates, a board, an executive, or one to which others are
// accountable and which is accountable to no other body.
//
// Severity: note.
// Authority: Working Together to Safeguard Children 2018, chapter 3: the three safeguarding partners should
//   act as a strategic leadership group.
//
// Mend: Add the seats of the body on which the three lead together, with their citations; where no text has
//   them, say so in an issue of the kind not-stated.
//
// $as_of: Date = today. The day asked about.
// $instruments: Instrument, several. The guidance.
//
// subject_id, subject: What the guidance mandates: a partnership, or a body that is in none which it does.
// message: What is not stated.
// certainty: The weaker of what is mandated and its mandate.
// citations: Where both are taken from; a list.
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
} AND NOT EXISTS {
  MATCH (subject)<-[part:PART_OF*0..10]-(board:Body)<-[sits:ON]-(seat:Seat)
  WHERE seat.role IN ['lead', 'member'] AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
    AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
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
}
WITH subject, 'has no leading body whose members are stated; whether the three safeguarding partners lead '
  + 'together is not stated' AS message
CALL (subject) {
  RETURN subject.certainty AS fact_certainty, subject.citations AS fact_citations
  UNION ALL
  MATCH (subject)-[mandate:MANDATED_BY]->(instrument:Instrument)
  WHERE instrument.id IN $instruments
    AND mandate.holds_from <= $as_of AND $as_of <= mandate.holds_to
  RETURN mandate.certainty AS fact_certainty, mandate.citations AS fact_citations
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
