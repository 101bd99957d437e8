// A requirement is met only in part, as far as that was judged.
//
// Severity: note.
// Authority: The instrument that sets the requirement.
// Mend: Do what is asked, and change `assessment` on the line to the requirement, with what shows it as
//   its citation.
//
// $as_of: Date = today. The day asked about.
//
// subject_id, subject: The requirement.
// message: What is wrong with it.
// certainty: The weakest of the facts that it follows from.
// citations: Where these are taken from; a list.
//
// Sorted by subject_id.
MATCH (requirement:Requirement)<-[must:SUBJECT_TO]-(subject:Body|Partnership)
WHERE must.assessment = 'partly' AND must.holds_from <= $as_of AND $as_of <= must.holds_to
CALL (requirement) {
  OPTIONAL MATCH (requirement)-[sets:SET_BY]->(instrument:Instrument)
  WHERE sets.holds_from <= $as_of AND $as_of <= sets.holds_to
  WITH sets, instrument
  ORDER BY instrument.name
  RETURN collect(sets) AS set_by, collect(DISTINCT instrument.name) AS instruments
}
WITH requirement, instruments, set_by, must, subject.name AS text
ORDER BY text
WITH requirement, instruments, set_by, collect(must) AS lines, collect(DISTINCT text) AS texts
UNWIND [requirement] + set_by + lines AS fact
UNWIND fact.citations AS citation
WITH requirement, instruments, texts, fact.certainty AS fact_certainty, citation
ORDER BY citation
WITH requirement, instruments, texts,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN requirement.id AS subject_id, requirement.name AS subject,
  'is met only in part by ' + reduce(said = texts[0], one IN texts[1..] | said + '; ' + one)
    + CASE WHEN size(instruments) = 0 THEN '' ELSE '; it is set by '
      + reduce(said = instruments[0], one IN instruments[1..] | said + '; ' + one) END AS message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
