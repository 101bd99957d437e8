// What replaced what, and when: all of it, or the chain that one thing is in, back and on over all steps.
//
// $thing: Partnership or Body or Organisation or Post or Agreement or Plan or Priority or Instrument = any. The thing whose chain it is.
//
// older_id, older: What was replaced.
// newer_id, newer: What took its place.
// label: What both are: Body, Organisation, Plan and so on.
// date: The first day of the new, as far as known: of the line, else of the new itself.
// steps: Where in its chain: -1 is what the thing replaced, 1 what replaced it, 2 what replaced that.
// certainty: The weakest of all that the row says.
// citations: Where all of it is taken from; a list.
//
// Sorted by steps, date, older and older_id, newer and newer_id and id of the line.
// Bounded: 30 steps.
CALL () {
  UNWIND CASE WHEN $thing IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (newer)-[line:SUCCEEDS]->(older)
  RETURN newer, line, older
  UNION
  MATCH (:Partnership|Body|Organisation|Post|Agreement|Plan|Priority|Instrument {id: $thing})
    -[:SUCCEEDS*0..30]->(newer)
  WITH DISTINCT newer
  MATCH (newer)-[line:SUCCEEDS]->(older)
  RETURN newer, line, older
  UNION
  MATCH (:Partnership|Body|Organisation|Post|Agreement|Plan|Priority|Instrument {id: $thing})
    <-[:SUCCEEDS*0..30]-(older)
  WITH DISTINCT older
  MATCH (newer)-[line:SUCCEEDS]->(older)
  RETURN newer, line, older
}
WITH collect([newer, line, older]) AS lines,
  collect(DISTINCT CASE WHEN $thing IS NOT NULL THEN [newer.id, older.id] END) AS pairs
// Layer by layer, each thing once: where things are joined by two lines the paths are too many to walk.
WITH lines, reduce(layers = [[$thing]], step IN range(1, 30) |
    layers + [[pair IN pairs WHERE pair[0] IN layers[step - 1]
      AND none(layer IN layers WHERE pair[1] IN layer) | pair[1]]]) AS back,
  reduce(layers = [[$thing]], step IN range(1, 30) |
    layers + [[pair IN pairs WHERE pair[1] IN layers[step - 1]
      AND none(layer IN layers WHERE pair[0] IN layer) | pair[0]]]) AS onward
UNWIND lines AS one
WITH one[0] AS newer, one[1] AS line, one[2] AS older, back, onward
UNWIND CASE WHEN $thing IS NULL THEN [null] ELSE
  [step IN range(0, 30) WHERE newer.id IN back[step] | -1 - step]
  + [step IN range(0, 30) WHERE older.id IN onward[step] | 1 + step] END AS steps
WITH newer, line, older, steps, coalesce(line.start_date, newer.start_date) AS date,
  CASE WHEN line.start_date IS NULL AND newer.start_date IS NOT NULL THEN [line, newer] ELSE [line] END
    AS facts
CALL (facts) {
  UNWIND facts AS fact
  RETURN collect(DISTINCT fact.certainty) AS certainties
}
CALL (facts) {
  UNWIND facts AS fact
  UNWIND fact.citations AS citation
  WITH DISTINCT citation ORDER BY citation
  RETURN collect(citation) AS citations
}
RETURN older.id AS older_id, older.name AS older, newer.id AS newer_id, newer.name AS newer,
  labels(newer)[0] AS label, date, steps,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations, coalesce(abs(steps) > 30, false) AS bounded
ORDER BY steps, date, older, older_id, newer, newer_id, line.id
