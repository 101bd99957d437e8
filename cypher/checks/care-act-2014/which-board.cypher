// Which body of a partnership that the Act mandates is its Safeguarding Adults Board is not stated.
//
// Severity: note.
// Authority: Care Act 2014, section 43(1): each local authority must establish a Safeguarding Adults Board
//   for its area.
//
// Mend: Say of the body that is the board that it is mandated by the Act, with the citation. The other rules
//   of the Act are asked of that body.
//
// $as_of: Date = today. The day asked about.
// $instruments: Instrument, several. The Act and its guidance.
//
// subject_id, subject: The partnership.
// message: What is not stated.
// certainty: The weaker of the partnership and its mandate.
// citations: Where both are taken from; a list.
//
// Sorted by subject_id.
MATCH (instrument:Instrument)
WHERE instrument.id IN $instruments
MATCH (partnership:Partnership)-[mandate:MANDATED_BY]->(instrument)
WHERE mandate.holds_from <= $as_of AND $as_of <= mandate.holds_to
WITH DISTINCT partnership
WHERE NOT EXISTS {
  MATCH (partnership)<-[part:PART_OF*1..10]-(:Body)-[other:MANDATED_BY]->(act:Instrument)
  WHERE act.id IN $instruments AND other.holds_from <= $as_of AND $as_of <= other.holds_to
    AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
}
WITH partnership, 'is mandated by the Care Act 2014 and none of its bodies is; which of them is the '
  + 'Safeguarding Adults Board is not stated' AS message
CALL (partnership) {
  RETURN partnership.certainty AS fact_certainty, partnership.citations AS fact_citations
  UNION ALL
  MATCH (partnership)-[mandate:MANDATED_BY]->(instrument:Instrument)
  WHERE instrument.id IN $instruments
    AND mandate.holds_from <= $as_of AND $as_of <= mandate.holds_to
  RETURN mandate.certainty AS fact_certainty, mandate.citations AS fact_citations
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
