// What happens and falls due when: dated events, and when things begin, end, are replaced or reviewed.
//
// Things are partnerships, bodies, organisations, posts, agreements and plans whose dates are known.
// Seats are left out: they are many, and most change with their body.
//
// $partnership: Partnership = any. Only what is about it, its bodies, plans, members or duties.
// $from_day: Date = any. The first day wanted; a month or a year means its last day.
// $to_day: Date = any. The last day wanted; a month or a year means its last day.
//
// date: The date as the dataset has it: a day, a month or a year.
// day: The first day that the date can mean; the last, for what ends, falls due or is due for review.
// thing_id, thing: The event, or the thing that begins, ends or is replaced.
// what: takes place, falls due, begins, ends, is signed, is due for review, or is replaced by what.
// kind: The kind of the event; for anything else what it is: body, organisation, plan and so on.
// certainty: The weakest of all that the row says.
// citations: Where all of it is taken from; a list.
//
// Sorted by day, date, thing and thing_id, what happens and the id of the line that says so.
MATCH (:Partnership {id: $partnership})<-[:PART_OF*0..10]-(part)
WITH collect(DISTINCT part) AS parts
CALL (parts) {
  UNWIND parts AS about
  RETURN about
  UNION
  UNWIND parts AS part
  MATCH (part)<-[:ON]-(:Seat)-[:REPRESENTS|FILLED_BY]->(about:Organisation|Body|Post)
  RETURN about
  UNION
  UNWIND parts AS part
  MATCH (part)<-[:ON]-(:Seat)-[:FILLED_BY]->(:Post)-[:POST_IN]->(about:Organisation)
  RETURN about
  UNION
  UNWIND parts AS part
  MATCH (part)<-[:POST_IN]-(about:Post)
  RETURN about
  UNION
  UNWIND parts AS part
  MATCH (part)-[:PARTY_TO|SUBJECT_TO|MANDATED_BY]->(about)
  RETURN about
}
WITH collect(about) AS scope
CALL (scope) {
  CALL (scope) {
    UNWIND CASE WHEN $partnership IS NULL THEN [1] ELSE [] END AS everywhere
    MATCH (thing:Event)
    RETURN thing
    UNION
    UNWIND scope AS about
    MATCH (about)<-[:CONCERNS]-(thing:Event)
    RETURN thing
  }
  UNWIND CASE WHEN thing.end_date IS NOT NULL THEN [['begins', thing.date], ['ends', thing.end_date]]
    WHEN thing.kind = 'deadline' THEN [['falls due', thing.date]]
    ELSE [['takes place', thing.date]] END AS said
  RETURN thing, said[0] AS verb, null AS newer_name, said[1] AS date, coalesce(thing.kind, 'event') AS kind,
    [thing] AS facts, null AS line_id
  UNION ALL
  CALL (scope) {
    UNWIND CASE WHEN $partnership IS NULL THEN [1] ELSE [] END AS everywhere
    MATCH (thing:Partnership|Body|Organisation|Post|Agreement|Plan)
    RETURN thing
    UNION
    UNWIND scope AS thing
    WITH thing
    WHERE labels(thing)[0] IN ['Partnership', 'Body', 'Organisation', 'Post', 'Agreement', 'Plan']
    RETURN thing
  }
  UNWIND [['begins', thing.start_date], ['ends', thing.end_date], ['is signed', thing.signed_date],
    ['is due for review', thing.review_date]] AS said
  WITH thing, said
  WHERE said[1] IS NOT NULL
  RETURN thing, said[0] AS verb, null AS newer_name, said[1] AS date, toLower(labels(thing)[0]) AS kind,
    [thing] AS facts, null AS line_id
  UNION ALL
  CALL (scope) {
    UNWIND CASE WHEN $partnership IS NULL THEN [1] ELSE [] END AS everywhere
    MATCH (newer)-[line:SUCCEEDS]->(thing)
    RETURN newer, line, thing
    UNION
    UNWIND scope AS newer
    MATCH (newer)-[line:SUCCEEDS]->(thing)
    RETURN newer, line, thing
    UNION
    UNWIND scope AS thing
    MATCH (newer)-[line:SUCCEEDS]->(thing)
    RETURN newer, line, thing
  }
  WITH newer, line, thing
  WHERE labels(thing)[0] IN ['Partnership', 'Body', 'Organisation', 'Post', 'Agreement', 'Plan']
    AND coalesce(line.start_date, newer.start_date) IS NOT NULL
  RETURN thing, 'is replaced' AS verb, newer.name AS newer_name,
    coalesce(line.start_date, newer.start_date) AS date, toLower(labels(thing)[0]) AS kind,
    CASE WHEN line.start_date IS NULL THEN [line, newer] ELSE [line] END AS facts, line.id AS line_id
}
WITH thing, verb, newer_name, date, kind, facts, line_id,
  CASE WHEN size(date) = 10 THEN date
    WHEN NOT verb IN ['ends', 'falls due', 'is due for review'] THEN left(date + '-01-01', 10)
    WHEN size(date) = 4 THEN date + '-12-31'
    ELSE toString(date(date + '-01') + duration({months: 1}) - duration({days: 1})) END AS day
WHERE ($from_day IS NULL OR $from_day <= day) AND ($to_day IS NULL OR day <= $to_day)
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
RETURN date, day, thing.id AS thing_id, thing.name AS thing,
  verb + coalesce(' by ' + newer_name, '') AS what, kind,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY day, date, thing, thing_id, verb, line_id
