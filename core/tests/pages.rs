//! Pages put together are the list; a cursor is of one list, and damage shows [C-18, C-19].

use vestibule::{
    Directory, IdRef, ListItem, ListQuery, MemberDepth, PageError, PageRequest, Principal,
    Resource, Timestamp,
};

fn harbour() -> Directory {
    Directory::from_json(include_bytes!("../../examples/harbour-group/estate.json")).unwrap()
}

fn at() -> Timestamp {
    Timestamp::parse("2026-11-22T18:00:00Z").unwrap()
}

fn id(text: &str) -> IdRef<'_> {
    IdRef::parse(text).unwrap()
}

fn queries() -> Vec<ListQuery<'static>> {
    vec![
        ListQuery::Members { organisation: id("harbour-group"), depth: MemberDepth::Recursive },
        ListQuery::WhoCan {
            action: "doors:open",
            resource: Resource::parse("door:p9-door-l1").unwrap(),
        },
        ListQuery::WhatCan { person: id("eleanor-voss"), action: "doors:open" },
        ListQuery::VisibleOrgs { person: id("eleanor-voss") },
        ListQuery::Permissions {
            principal: Principal::Person(id("eleanor-voss")),
            resource: Resource::parse("organisation:harbour-group").unwrap(),
        },
    ]
}

#[test]
fn pages_put_together_are_the_list() {
    let directory = harbour();
    for query in queries() {
        let whole: Vec<ListItem<'_>> = directory.list(&query, at()).collect();
        assert!(whole.len() > 3, "{query:?} has only {}", whole.len());
        for limit in [1, 2, 3, 7, 200] {
            let mut paged = Vec::new();
            let mut cursor: Option<String> = None;
            loop {
                let request = PageRequest::new(Some(limit), cursor.as_deref()).unwrap();
                let page = directory.page(&query, at(), &request).unwrap();
                assert!(page.items.len() <= usize::try_from(limit).unwrap());
                assert_eq!(i64::from(page.limit), limit);
                paged.extend(page.items);
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(paged, whole, "{query:?} by {limit}");
        }
    }
}

#[test]
fn limits_are_clamped_or_refused() {
    let directory = harbour();
    let query = queries()[0];
    let limit = |limit| {
        PageRequest::new(limit, None)
            .map(|request| directory.page(&query, at(), &request).unwrap().limit)
    };
    assert_eq!(limit(None), Ok(50));
    assert_eq!(limit(Some(200)), Ok(200));
    assert_eq!(limit(Some(201)), Ok(200));
    assert_eq!(limit(Some(i64::MAX)), Ok(200));
    assert_eq!(limit(Some(0)), Err(PageError::Limit { limit: 0 }));
    assert_eq!(limit(Some(-1)), Err(PageError::Limit { limit: -1 }));
}

#[test]
fn a_cursor_is_of_one_list_and_damage_shows() {
    let directory = harbour();
    let queries = queries();
    let first = PageRequest::new(Some(1), None).unwrap();
    let cursor = directory.page(&queries[0], at(), &first).unwrap().next.unwrap();
    let ask = |query: &ListQuery<'static>, cursor: &str| {
        let request = PageRequest::new(Some(1), Some(cursor)).unwrap();
        directory.page(query, at(), &request).map(|page| page.items.len())
    };
    assert_eq!(ask(&queries[0], &cursor), Ok(1));
    for foreign in &queries[1..] {
        assert_eq!(ask(foreign, &cursor), Err(PageError::InvalidCursor));
    }
    for position in 0..cursor.len() {
        let mut damaged = cursor.clone().into_bytes();
        damaged[position] = if damaged[position] == b'A' { b'B' } else { b'A' };
        let damaged = String::from_utf8(damaged).unwrap();
        assert_eq!(ask(&queries[0], &damaged), Err(PageError::InvalidCursor), "byte {position}");
        assert_eq!(ask(&queries[0], &cursor[..position]), Err(PageError::InvalidCursor));
    }
    for hostile in ["", "=", "AAAA", "\u{202e}", &"A".repeat(100_000)] {
        assert_eq!(ask(&queries[0], hostile), Err(PageError::InvalidCursor));
    }
}
