// Everything that a reader would ask and no source says, with what it concerns.
//
// issue_id, issue: What is at issue.
// concerns_id, concerns: What it concerns; a list.
// about_id, about: The line that it is about, where it is about one.
// readings: What each place says, with the place; a list.
// taken: The reading taken, and why.
// note: What a reader should know beside.
// last_seen: When the last source that it rests on was published.
// certainty: The weakest of all that the row says.
// citations: Where all of it is taken from; a list.
//
// Sorted by issue and issue_id.
MATCH (issue:Issue)
WHERE issue.kind = 'not-stated'
WITH collect(DISTINCT issue.about) AS about_ids
// All at once: a store has no index of what lines there are.
CALL (about_ids) {
  MATCH (one)-[line]->(other)
  WHERE line.id IN about_ids AND NOT (one:Person OR other:Person)
  CALL (one, line) {
    OPTIONAL MATCH (one:Seat)-[:ON]->(place)
    WHERE type(line) <> 'ON'
    WITH place.name AS name ORDER BY name
    RETURN coalesce(' (seat on ' + head(collect(name)) + ')', '') AS one_on
  }
  CALL (other) {
    OPTIONAL MATCH (other:Seat)-[:ON]->(place)
    WITH place.name AS name ORDER BY name
    RETURN coalesce(' (seat on ' + head(collect(name)) + ')', '') AS other_on
  }
  RETURN collect([line.id, one.name + one_on
    + CASE WHEN type(line) ENDS WITH '_BY' OR type(line) IN
      ['ACCOUNTABLE_TO', 'ON', 'PART_OF', 'PARTY_TO', 'SUBJECT_TO'] THEN ' is ' ELSE ' ' END
    + CASE type(line) WHEN 'POST_IN' THEN 'is a post in' WHEN 'CONTRIBUTES' THEN 'contributes to'
      ELSE toLower(replace(type(line), '_', ' ')) END
    + ' ' + other.name + other_on + coalesce(': ' + line.subject, '')]) AS lines
}
MATCH (issue:Issue)
WHERE issue.kind = 'not-stated'
CALL (issue) {
  OPTIONAL MATCH (issue)-[:CONCERNS]->(thing)
  WHERE NOT thing:Person
  WITH DISTINCT thing
  // A seat's name is only a line of a list: which list, says the body.
  CALL (thing) {
    OPTIONAL MATCH (thing:Seat)-[:ON]->(place)
    WITH place.name AS name ORDER BY name
    RETURN coalesce(' (seat on ' + head(collect(name)) + ')', '') AS thing_on
  }
  WITH thing.id AS id, thing.name + thing_on AS name ORDER BY thing.name, id
  RETURN collect(id) AS concerns_id, collect(name) AS concerns
}
CALL (issue) {
  RETURN issue.certainty AS fact_certainty, issue.citations AS fact_citations
  UNION ALL
  MATCH (issue)-[line:CONCERNS]->(thing)
  WHERE NOT thing:Person
  RETURN line.certainty AS fact_certainty, line.citations AS fact_citations
}
UNWIND fact_citations AS citation
WITH issue, lines, concerns_id, concerns, fact_certainty, citation
ORDER BY citation
WITH issue, [line IN lines WHERE line[0] = issue.about] AS about, concerns_id, concerns,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN issue.id AS issue_id, issue.name AS issue, concerns_id, concerns,
  about[0][0] AS about_id, about[0][1] AS about,
  issue.readings AS readings, issue.taken AS taken, issue.note AS note, issue.last_seen AS last_seen,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY issue, issue_id
