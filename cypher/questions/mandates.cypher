// What each body is based on, and each requirement that it is subject to: what sets it and how far it is met.
//
// A row without a requirement says what the body is based on; every other row says one requirement.
//
// $body: Body or Partnership = any. The body, or the partnership, whose mandate is wanted.
// $partnership: Partnership = any. Only it and the bodies within it.
// $instrument: Instrument = any. Only what is based on it and what it sets.
// $as_of: Date = today. The day asked about.
//
// body_id, body: The body or partnership.
// instrument_id, instrument: What the body is based on, or what sets the requirement; a list.
// requirement_id, requirement: What is asked of the body; empty where the row says what it is based on.
// kind: What sort of requirement it is.
// force: must or should.
// assessment: met, partly or not-met; empty where nobody judged it.
// certainty: The weakest of all that the row says.
// citations: Where all of it is taken from; a list.
//
// Sorted by body and body_id, what it is based on first, then by instrument and instrument_id, requirement
// and requirement_id and id of the line.
CALL () {
  UNWIND CASE WHEN $body IS NULL AND $partnership IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (body:Body|Partnership)
  RETURN body
  UNION
  MATCH (body:Body|Partnership {id: $body})
  WHERE $partnership IS NULL
  RETURN body
  UNION
  MATCH path = (:Partnership {id: $partnership})<-[:PART_OF*0..10]-(body:Partnership|Body)
  WHERE all(line IN relationships(path) WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
    AND ($body IS NULL OR body.id = $body)
  RETURN body
}
MATCH (body)-[line:MANDATED_BY|SUBJECT_TO]->(what:Instrument|Requirement)
WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
WITH body, line, CASE WHEN what:Requirement THEN what END AS requirement,
  CASE WHEN what:Instrument THEN what END AS basis
CALL (requirement, basis) {
  OPTIONAL MATCH (requirement)-[sets:SET_BY]->(instrument:Instrument)
  WHERE sets.holds_from <= $as_of AND $as_of <= sets.holds_to
  WITH DISTINCT coalesce(instrument.id, basis.id) AS id, coalesce(instrument.name, basis.name) AS name
  ORDER BY name, id
  RETURN collect(id) AS instrument_id, collect(name) AS instrument
}
WITH body, line, requirement, instrument_id, instrument
WHERE $instrument IS NULL OR $instrument IN instrument_id
CALL (line, requirement) {
  UNWIND [fact IN [line, requirement] WHERE fact IS NOT NULL] AS fact
  RETURN fact.certainty AS fact_certainty, fact.citations AS fact_citations
  UNION ALL
  MATCH (requirement)-[sets:SET_BY]->(:Instrument)
  WHERE sets.holds_from <= $as_of AND $as_of <= sets.holds_to
  RETURN sets.certainty AS fact_certainty, sets.citations AS fact_citations
}
UNWIND fact_citations AS citation
WITH body, line, requirement, instrument_id, instrument, fact_certainty, citation
ORDER BY citation
WITH body, line, requirement, instrument_id, instrument,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN body.id AS body_id, body.name AS body, instrument_id, instrument,
  requirement.id AS requirement_id, requirement.name AS requirement, requirement.kind AS kind,
  requirement.force AS force, line.assessment AS assessment,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY body, body_id, CASE WHEN requirement_id IS NULL THEN 0 ELSE 1 END, instrument, instrument_id,
  requirement, requirement_id, line.id
