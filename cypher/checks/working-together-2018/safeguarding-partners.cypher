// A partnership does not name one of its three safeguarding partners.
//
// Severity: warning.
// Authority: Children Act 2004, section 16E(3): the safeguarding partners are the local authority, the chief
//   officer of police, and the integrated care board, which took the place of the clinical commissioning
//   group on 1 July 2022. Working Together to Safeguard Children 2018, chapter 3: published arrangements
//   should say who the three are.
//
// Mend: Add a seat with the role lead to the partnership for each safeguarding partner, with the citation;
//   the organisation has the kind local-authority, police or nhs-commissioner.
//
// $as_of: Date = today. The day asked about.
// $instruments: Instrument, several. The guidance.
//
// subject_id, subject: The partnership that is mandated by the guidance.
// message: Whom it does not name, and who was named until when.
// certainty: The weakest of the partnership, its mandate and the seats that there were.
// citations: Where all of these are taken from; a list.
//
// Sorted by subject_id.
MATCH (instrument:Instrument)
WHERE instrument.id IN $instruments
MATCH (partnership:Partnership)-[mandate:MANDATED_BY]->(instrument)
WHERE mandate.holds_from <= $as_of AND $as_of <= mandate.holds_to
WITH DISTINCT partnership
UNWIND [
  [1, 'local-authority', 'the local authority'],
  [2, 'police', 'the police'],
  [3, 'nhs-commissioner', 'an NHS commissioner (' + CASE WHEN $as_of < '2022-07-01'
    THEN 'clinical commissioning group' ELSE 'integrated care board' END + ')']
] AS wanted
WITH partnership, wanted[0] AS position, wanted[1] AS kind, wanted[2] AS words, EXISTS {
  MATCH (partnership)<-[sits:ON]-(seat:Seat)-[speaks:REPRESENTS]->(:Organisation)
    -[part:PART_OF*0..10]->(agency:Organisation)
  WHERE agency.kind = wanted[1] AND (seat.role = 'lead'
      OR (toLower(seat.category) CONTAINS 'safeguarding partner'
        OR toLower(seat.category) CONTAINS 'statutory partner')
        AND NOT toLower(seat.category) CONTAINS 'non')
    AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
    AND speaks.holds_from <= $as_of AND $as_of <= speaks.holds_to
    AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
} OR EXISTS {
  MATCH (partnership)<-[sits:ON]-(seat:Seat)-[fills:FILLED_BY]->(:Post)-[within:POST_IN]->(:Organisation)
    -[part:PART_OF*0..10]->(agency:Organisation)
  WHERE agency.kind = wanted[1] AND (seat.role = 'lead'
      OR (toLower(seat.category) CONTAINS 'safeguarding partner'
        OR toLower(seat.category) CONTAINS 'statutory partner')
        AND NOT toLower(seat.category) CONTAINS 'non')
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
WITH partnership, position, kind, words ORDER BY position
WITH partnership, collect(kind) AS kinds, collect(words) AS missing
CALL (partnership, kinds) {
  MATCH (partnership)<-[sat:ON]-(seat:Seat)-[spoke:REPRESENTS]->(:Organisation)
    -[:PART_OF*0..10]->(agency:Organisation)
  WHERE agency.kind IN kinds
    AND (seat.role = 'lead'
      OR (toLower(seat.category) CONTAINS 'safeguarding partner'
        OR toLower(seat.category) CONTAINS 'statutory partner')
        AND NOT toLower(seat.category) CONTAINS 'non')
    AND sat.holds_from <= sat.holds_to AND spoke.holds_from <= spoke.holds_to
    AND (sat.holds_to < $as_of OR spoke.holds_to < $as_of)
    AND NOT EXISTS {
      MATCH (agency)-[:PART_OF]->(whole:Organisation)
      WHERE whole.kind = agency.kind
    }
  WITH agency.name AS name,
    max(CASE WHEN sat.holds_to < spoke.holds_to THEN sat.holds_to ELSE spoke.holds_to END) AS until
  ORDER BY name, until
  RETURN collect(name + ' was named until ' + until) AS ended
}
WITH partnership, kinds, 'does not name ' + missing[0]
  + CASE size(missing) WHEN 1 THEN '' WHEN 2 THEN ' or ' + missing[1]
    ELSE ', ' + missing[1] + ' or ' + missing[2] END
  + ' among its safeguarding partners'
  + CASE WHEN size(ended) = 0 THEN ''
    ELSE reduce(text = '; ' + ended[0], one IN ended[1..] | text + ' and ' + one) END AS message
CALL (partnership, kinds) {
  RETURN partnership.certainty AS fact_certainty, partnership.citations AS fact_citations
  UNION ALL
  MATCH (partnership)-[mandate:MANDATED_BY]->(instrument:Instrument)
  WHERE instrument.id IN $instruments
    AND mandate.holds_from <= $as_of AND $as_of <= mandate.holds_to
  RETURN mandate.certainty AS fact_certainty, mandate.citations AS fact_citations
  UNION ALL
  MATCH (partnership)<-[sat:ON]-(seat:Seat)-[spoke:REPRESENTS]->(:Organisation)
    -[:PART_OF*0..10]->(agency:Organisation)
  WHERE agency.kind IN kinds
    AND (seat.role = 'lead'
      OR (toLower(seat.category) CONTAINS 'safeguarding partner'
        OR toLower(seat.category) CONTAINS 'statutory partner')
        AND NOT toLower(seat.category) CONTAINS 'non')
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
WITH partnership, message, fact_certainty, citation ORDER BY citation
WITH partnership, message,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN partnership.id AS subject_id, partnership.name AS subject, message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
