// Whether the arrangements are published is not stated: none are among the sources.
//
// Severity: note.
// Authority: Children Act 2004, section 16G: the safeguarding partners must publish the arrangements.
//
// Mend: Add the published document as a source of the kind arrangements, with its date, and cite what it
//   says of the partnership and its bodies. Where nothing is published, the three partners have to do it.
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
  MATCH (source:Source), (subject)<-[part:PART_OF*0..10]-(place:Body|Partnership)
  WHERE source.kind = 'arrangements' AND source.holds_from <= $as_of
    AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
    AND any(citation IN place.citations WHERE citation = source.id OR citation STARTS WITH source.id + ' ')
}
WITH subject, 'is cited from no published arrangements; whether they are published is not stated' AS message
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
