// Everything below a body, an officer or an organisation by accountability: each body, with its way up.
//
// $thing: Body or Post or Organisation. Who is asked about; the posts and parts of an organisation count as it.
// $as_of: Date = today. The day asked about.
//
// body_id, body: A body that is accountable to it, by however many steps.
// route_ids, route: The shortest way up by ACCOUNTABLE_TO, the body first; of several, the first by ids; a list.
// delegate_id, delegate: The posts on the last body of the route that act for the officer at its end; a list.
// last_seen: When the last source that names the body was published.
// certainty: The weakest of all that the row says.
// citations: Where all of it is taken from; a list.
//
// Sorted by the number of steps, then by body and body_id.
// Bounded: 30 steps.
CALL () {
  RETURN $thing AS top_id
  UNION
  MATCH within = (:Organisation {id: $thing})<-[:PART_OF*0..100]-(part:Organisation)
  WHERE all(line IN relationships(within) WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
  WITH DISTINCT part
  OPTIONAL MATCH (part)<-[line:POST_IN]-(officer:Post)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
  UNWIND [part.id, officer.id] AS top_id
  WITH top_id WHERE top_id IS NOT NULL
  RETURN top_id
}
WITH collect(top_id) AS tops
CALL (tops) {
  UNWIND tops AS top_id
  // Whatever is below on any day: asked for no more than that, a store visits each body once.
  MATCH (:Body|Post|Organisation {id: top_id})<-[:ACCOUNTABLE_TO*1..31]-(below:Body)
  WITH DISTINCT below
  MATCH (below)-[line:ACCOUNTABLE_TO]->(above)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
  WITH DISTINCT below.id AS below_id, above.id AS above_id
  WITH above_id, collect(below_id) AS below_ids
  RETURN collect([above_id, below_ids]) AS groups
}
// Layer by layer, each body looked below once: where there are diamonds the routes are too many to walk.
WITH tops, reduce(layers = [[tops]], step IN range(1, 31) | layers + [[group IN groups
  WHERE any(ids IN layers[step - 1] WHERE group[0] IN ids)
    AND none(layer IN layers[0..(step - 1)] WHERE any(ids IN layer WHERE group[0] IN ids)) | group[1]]]) AS layers
CALL (tops, layers) {
  UNWIND range(1, 31) AS steps
  UNWIND layers[steps] AS below_ids
  UNWIND below_ids AS below_id
  WITH tops, steps, below_id WHERE NOT below_id IN tops
  WITH below_id, min(steps) AS steps
  WITH steps, collect(below_id) AS below_ids ORDER BY steps
  RETURN collect(below_ids) AS found
}
WITH [tops] + found AS layers
CALL (layers) {
  UNWIND range(1, size(layers) - 1) AS steps
  WITH steps, layers[steps] AS below_ids, layers[steps - 1] AS above_ids
  UNWIND below_ids AS below_id
  MATCH (:Body {id: below_id})-[line:ACCOUNTABLE_TO]->(above)
  WHERE above.id IN above_ids AND line.holds_from <= $as_of AND $as_of <= line.holds_to
  WITH steps, below_id, min(above.id) AS above_id
  WITH steps, collect([below_id, above_id]) AS layer ORDER BY steps
  RETURN collect(layer) AS upward
}
WITH reduce(routes = [[id IN layers[0] | [id]]], layer IN upward | routes + [[step IN layer |
  [step[0]] + head([route IN last(routes) WHERE route[0] = step[1]])]]) AS routes
UNWIND routes[1..] AS layer
UNWIND layer AS route_ids
WITH route_ids, route_ids[0] AS below_id, size(route_ids) - 1 AS steps
MATCH (body:Body {id: below_id})
CALL (route_ids) {
  UNWIND range(0, size(route_ids) - 1) AS place
  MATCH (step:Body|Post|Organisation {id: route_ids[place]})
  WITH place, step.name AS name ORDER BY place
  RETURN collect(name) AS route
}
WITH steps, body, route_ids, route, route_ids[steps - 1] AS last_id, route_ids[steps] AS top_id
CALL (last_id, top_id) {
  MATCH (delegate:Post)-[acts:ACTS_FOR]->(:Post {id: top_id})
  WHERE acts.holds_from <= $as_of AND $as_of <= acts.holds_to
    AND EXISTS {
      MATCH (delegate)<-[fills:FILLED_BY]-(:Seat)-[sits:ON]->(:Body {id: last_id})
      WHERE fills.holds_from <= $as_of AND $as_of <= fills.holds_to
        AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
    }
  WITH DISTINCT delegate.id AS id, delegate.name AS name ORDER BY name, id
  RETURN collect(id) AS delegate_id, collect(name) AS delegate
}
CALL (route_ids, last_id, top_id) {
  UNWIND range(0, size(route_ids) - 2) AS place
  MATCH (:Body {id: route_ids[place]})-[line:ACCOUNTABLE_TO]->(above)
  WHERE above.id = route_ids[place + 1] AND line.holds_from <= $as_of AND $as_of <= line.holds_to
  RETURN line.certainty AS fact_certainty, line.citations AS fact_citations
  UNION ALL
  MATCH (:Body {id: last_id})<-[sits:ON]-(seat:Seat)-[fills:FILLED_BY]->(:Post)-[acts:ACTS_FOR]->(officer:Post)
  WHERE officer.id = top_id AND sits.holds_from <= $as_of AND $as_of <= sits.holds_to
    AND fills.holds_from <= $as_of AND $as_of <= fills.holds_to
    AND acts.holds_from <= $as_of AND $as_of <= acts.holds_to
  UNWIND [sits, seat, fills, acts] AS fact
  RETURN fact.certainty AS fact_certainty, fact.citations AS fact_citations
  UNION ALL
  MATCH (:Post {id: top_id})-[line:POST_IN]->(part:Organisation)
  WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to
  MATCH within = (part)-[:PART_OF*0..100]->(:Organisation {id: $thing})
  WHERE all(up IN relationships(within) WHERE up.holds_from <= $as_of AND $as_of <= up.holds_to)
    AND all(n IN nodes(within) WHERE single(m IN nodes(within) WHERE m.id = n.id))
  UNWIND [line] + relationships(within) AS fact
  RETURN fact.certainty AS fact_certainty, fact.citations AS fact_citations
  UNION ALL
  MATCH within = (:Organisation {id: top_id})-[:PART_OF*1..100]->(:Organisation {id: $thing})
  WHERE all(up IN relationships(within) WHERE up.holds_from <= $as_of AND $as_of <= up.holds_to)
    AND all(n IN nodes(within) WHERE single(m IN nodes(within) WHERE m.id = n.id))
  UNWIND relationships(within) AS fact
  RETURN fact.certainty AS fact_certainty, fact.citations AS fact_citations
}
UNWIND fact_citations AS citation
WITH steps, body, route_ids, route, delegate_id, delegate, fact_certainty, citation
ORDER BY citation
WITH steps, body, route_ids, route, delegate_id, delegate,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN body.id AS body_id, body.name AS body, route_ids, route, delegate_id, delegate,
  body.last_seen AS last_seen,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations, steps = 31 AS bounded
ORDER BY steps, body, body_id
