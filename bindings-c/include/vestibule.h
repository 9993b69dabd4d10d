/*
 * Vestibule: may this person do this, here, now?
 *
 * Made of the Rust sources; do not edit. The panel tier is everything up to the host tier: it needs no heap, no thread-local and no
 * global. The host tier needs a library that was built with it (VESTIBULE_HOST).
 *
 * How to read it
 *   - Functions return a status; VESTIBULE_OK is 0. What they give is written through pointers, and only with VESTIBULE_OK, but
 *     where a comment says so. NULL is always refused, but where a comment says that it may be.
 *   - Memory is the caller's, on the panel tier always. A text that comes out of an image lies in the bytes of the image.
 *   - Structs with a `size` begin with it, so that library and program know what the other has; set it with the _INIT macros.
 *     What a program fills in and the library does not know must be 0.
 *   - A call on the panel tier takes at most 1 KB of stack on a Cortex-M4.
 *   - Instants are milliseconds since 1970-01-01T00:00:00Z. The library has no clock.
 *   - Whatever takes `const vestibule_image *` may be called by many threads, and from interrupts, at once. Opening and closing are
 *     for one thread alone.
 *   - "Safety" says what the caller owes; the library checks everything else.
 */


#ifndef VESTIBULE_H
#define VESTIBULE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/** The version of the library that belongs to this header. */
#define VESTIBULE_VERSION "0.1.0"

/** Some grant counts and no restriction applies. */
#define VESTIBULE_REASON_GRANTED 0

/** No person, or no unit of a token, has this id. */
#define VESTIBULE_REASON_PRINCIPAL_UNKNOWN 101

/** The action is not a key of the catalog. */
#define VESTIBULE_REASON_ACTION_UNKNOWN 102

/** No entity of that kind has this id. */
#define VESTIBULE_REASON_RESOURCE_UNKNOWN 103

/** No organisation has the acting organisation's id. */
#define VESTIBULE_REASON_ACTING_ORG_UNKNOWN 104

/** The question needs what this image does not hold; only images say so. */
#define VESTIBULE_REASON_OUTSIDE_SLICE 105

/** The action cannot be asked of this kind of resource. */
#define VESTIBULE_REASON_ACTION_NOT_APPLICABLE 201

/** The person is deleted. */
#define VESTIBULE_REASON_PRINCIPAL_DELETED 301

/** The person is blocked, everywhere or in this building. */
#define VESTIBULE_REASON_PRINCIPAL_BLOCKED 302

/** The resource's organisation, or one above it, is deleted. */
#define VESTIBULE_REASON_ORG_DELETED 401

/** The door is out of service. */
#define VESTIBULE_REASON_DOOR_DISABLED 402

/** The resource is outside the acting organisation. */
#define VESTIBULE_REASON_ORG_CONTEXT 501

/** Nothing the principal holds reaches the resource with this action. */
#define VESTIBULE_REASON_NO_GRANT 601

/** The organisation at which the grant is held, or one above it, is deleted. */
#define VESTIBULE_REASON_GRANT_ORG_DELETED 701

/** The unit is out of service. */
#define VESTIBULE_REASON_UNIT_DISABLED 702

/** The grant begins later. */
#define VESTIBULE_REASON_NOT_YET_VALID 703

/** The grant has ended. */
#define VESTIBULE_REASON_EXPIRED 704

/** The door is not for this resident. */
#define VESTIBULE_REASON_DOOR_AUDIENCE 705

/** The door is not for guests. */
#define VESTIBULE_REASON_GUEST_DOOR 706

/** Nothing; the basis of every deny. */
#define VESTIBULE_BASIS_NONE 0

/** A residency. */
#define VESTIBULE_BASIS_RESIDENCY 1

/** An entry among the administrators of a unit. */
#define VESTIBULE_BASIS_UNIT_ADMINISTRATOR 2

/** The token of a unit. */
#define VESTIBULE_BASIS_UNIT_TOKEN 3

/** A role `virtual_access:integration:…`. */
#define VESTIBULE_BASIS_SITE_ROLE 4

/** A permission group within a membership's building access. */
#define VESTIBULE_BASIS_PERMISSION_GROUP 5

/** Any other role held at an organisation. */
#define VESTIBULE_BASIS_ORGANISATION_ROLE 6

/** A role held at the platform. */
#define VESTIBULE_BASIS_PLATFORM_ROLE 7


/**
 * The longest text that a request may have, in bytes; longer than any id and any permission key.
 */
#define VESTIBULE_MAX_TEXT 256

/**
 * The version of the binary interface: what was built with a header of the same number runs with this library. It grows when a
 * struct, a constant or a function changes its meaning; new ones do not change it.
 */
#define VESTIBULE_ABI_VERSION 1

/**
 * The length of a `vestibule_image` in pointers.
 */
#define VESTIBULE_IMAGE_WORDS 64

/**
 * An image of everything.
 */
#define VESTIBULE_SLICE_EVERYTHING 1

/**
 * An image of what the panel of one integration needs.
 */
#define VESTIBULE_SLICE_INTEGRATION 2

/**
 * An image of what one person needs.
 */
#define VESTIBULE_SLICE_PERSON 3

/**
 * The instant is before the image was issued: some clock is wrong.
 */
#define VESTIBULE_BEFORE_ISSUE 1

/**
 * The image is as fresh as it should be.
 */
#define VESTIBULE_FRESH 2

/**
 * The image should be replaced by a newer one.
 */
#define VESTIBULE_STALE 3

/**
 * The image is older than its host wants anybody to rely on.
 */
#define VESTIBULE_TOO_OLD 4

/**
 * No limit.
 */
#define VESTIBULE_NO_LIMIT UINT64_MAX

/**
 * A buffer of so many bytes takes the text of any principal and any resource, and its NUL.
 */
#define VESTIBULE_NAME_BUFFER 80

/**
 * The question is asked on behalf of no organisation.
 */
#define VESTIBULE_ACTING_FOR_NOBODY 1

/**
 * The question is asked on behalf of the organisation in `acting_org`, which only narrows the answer.
 */
#define VESTIBULE_ACTING_FOR_ORGANISATION 2

/**
 * For `vestibule_image_decide_handles`: on behalf of no organisation. 0 is not taken for it: what was not looked up, or not
 * found, must not ask a wider question.
 */
#define VESTIBULE_NO_ORGANISATION UINT64_MAX

/**
 * `until` where time alone never changes the answer.
 */
#define VESTIBULE_FOREVER INT64_MAX

/**
 * No.
 */
#define VESTIBULE_DENY 0

/**
 * Yes. Everything else means no.
 */
#define VESTIBULE_ALLOW 1

/**
 * Reserved: not yet, more factors are wanted. Means no.
 */
#define VESTIBULE_CHALLENGE 2

#if defined(VESTIBULE_HOST)
/**
 * A directory. Functions that take a `const vestibule_directory *` may be called by many threads at once, as long as none is in a
 * function that takes one without `const`.
 */
typedef struct vestibule_directory vestibule_directory;
#endif

/**
 * How a call ended: `VESTIBULE_OK`, or one of `VESTIBULE_E_…`. A call that does not end with `VESTIBULE_OK` writes nothing, but
 * where its comment says so.
 */
typedef int32_t vestibule_status;

/**
 * Memory for an image that is open: 256 bytes where pointers have 32 bits, 512 where they have 64. It may lie anywhere, on the
 * stack too, and be copied. An image that is open may be asked by many threads and interrupts at once. Filled with zeros it is
 * closed; begin it with `VESTIBULE_IMAGE_INIT`, for only `vestibule_image_open` may be given memory that nobody wrote.
 */
typedef struct vestibule_image {
  /**
   * Nothing for the caller.
   */
  void *opaque[VESTIBULE_IMAGE_WORDS];
} vestibule_image;

/**
 * Why bytes are not an image. `size` must be set. Written only with `VESTIBULE_E_IMAGE`; its texts are NULL until then.
 */
typedef struct vestibule_image_fault {
  /**
   * `sizeof(vestibule_image_fault)`, set by the caller.
   */
  uint32_t size;
  /**
   * Reserved.
   */
  uint32_t reserved;
  /**
   * What is wrong, one word of core/docs/format.md, such as `digest`; static.
   */
  const char *what;
  /**
   * In which section, or `header`; static.
   */
  const char *section;
  /**
   * Where, in bytes from the beginning of the image.
   */
  size_t offset;
} vestibule_image_fault;

/**
 * What an image says of itself. `size` must be set.
 */
typedef struct vestibule_image_header {
  /**
   * `sizeof(vestibule_image_header)`, set by the caller.
   */
  uint32_t size;
  /**
   * What it holds: `VESTIBULE_SLICE_…`.
   */
  uint32_t slice;
  /**
   * The handle of the integration or person it is for; 0 for everything. A handle is of this image: whether two images are for
   * the same is told by its text, `vestibule_image_resource_text` or `vestibule_image_principal_text`.
   */
  uint64_t subject;
  /**
   * The revision of the estate. A panel takes no image whose revision is not above that of the one it has.
   */
  uint64_t revision;
  /**
   * When it was issued, in milliseconds since 1970.
   */
  int64_t issued_at;
  /**
   * Milliseconds for which it is fresh; or `VESTIBULE_NO_LIMIT`.
   */
  uint64_t fresh_for;
  /**
   * Milliseconds after which nobody should rely on it; or `VESTIBULE_NO_LIMIT`.
   */
  uint64_t max_stale;
  /**
   * The SHA-256 of the image: what a signature is made over. It was checked when the image was opened.
   */
  uint8_t digest[32];
  /**
   * Written as 0.
   */
  uint64_t reserved[2];
} vestibule_image_header;

/**
 * A text by its place and length: UTF-8, without a NUL at its end. One that the library hands out lies in the bytes of the image, and
 * is there for as long as they are; names of commands and queries always are. `vestibule_text_of` makes one of a string of C.
 */
typedef struct vestibule_text {
  /**
   * Its first byte; NULL for no text.
   */
  const char *data;
  /**
   * Its length in bytes.
   */
  size_t length;
} vestibule_text;

/**
 * A question. `size` and `acting_for` must be set; `VESTIBULE_REQUEST_INIT` sets both.
 */
typedef struct vestibule_request {
  /**
   * `sizeof(vestibule_request)`.
   */
  uint32_t size;
  /**
   * `VESTIBULE_ACTING_FOR_NOBODY` or `VESTIBULE_ACTING_FOR_ORGANISATION`.
   */
  uint32_t acting_for;
  /**
   * Who: `person:ID` or `unit_token:UNIT-ID`.
   */
  struct vestibule_text principal;
  /**
   * What: a permission key, such as `doors:open`.
   */
  struct vestibule_text action;
  /**
   * On what: `platform`, or a kind, a colon and an id, as in `door:ID`.
   */
  struct vestibule_text resource;
  /**
   * The id of the organisation on whose behalf; not read where `acting_for` says nobody.
   */
  struct vestibule_text acting_org;
  /**
   * When, in milliseconds since 1970; the only clock there is.
   */
  int64_t at;
  /**
   * Must be 0.
   */
  uint64_t reserved[2];
} vestibule_request;

/**
 * An answer. `size` must be set, which `VESTIBULE_DECISION_INIT` does.
 */
typedef struct vestibule_decision {
  /**
   * `sizeof(vestibule_decision)`, set by the caller.
   */
  uint32_t size;
  /**
   * Why: `VESTIBULE_REASON_…`; numbers that never change, of several the smallest.
   */
  uint16_t reason;
  /**
   * `VESTIBULE_ALLOW`, `VESTIBULE_DENY` or `VESTIBULE_CHALLENGE`; all but `VESTIBULE_ALLOW` mean no.
   */
  uint8_t effect;
  /**
   * What granted it: `VESTIBULE_BASIS_…`; `VESTIBULE_BASIS_NONE` where nothing did.
   */
  uint8_t basis;
  /**
   * What must be done along with an allow: one bit each, none defined yet.
   */
  uint32_t obligations;
  /**
   * What the host should know though it does not change the answer: one bit each, none defined yet.
   */
  uint32_t warnings;
  /**
   * An instant, in milliseconds since 1970, before which time alone cannot change the answer; or `VESTIBULE_FOREVER`.
   */
  int64_t until;
  /**
   * Written as 0.
   */
  uint64_t reserved;
} vestibule_decision;

/**
 * Takes one item of a list, with what the caller of the list gave for it; returns 0 to go on, anything else to end the list. It must
 * return: no `longjmp`, no exception of C++ may leave it. It may ask the same image, and must neither open nor close it. `context` may be
 * NULL.
 */
typedef int32_t (*vestibule_visit)(void *context, uint64_t item);

/**
 * A unit in the directory of a lobby.
 */
typedef struct vestibule_lobby_unit {
  /**
   * `sizeof(vestibule_lobby_unit)` in the library.
   */
  uint32_t size;
  /**
   * 1 where somebody who is listed receives calls, else 0.
   */
  uint32_t callable;
  /**
   * The handle of the unit.
   */
  uint64_t unit;
  /**
   * Its number, as on the bell; in the bytes of the image, and never NULL.
   */
  struct vestibule_text number;
  /**
   * 0.
   */
  uint64_t reserved;
} vestibule_lobby_unit;

/**
 * Takes one unit, which is there until it returns; as `vestibule_visit`.
 */
typedef int32_t (*vestibule_visit_unit)(void *context, const struct vestibule_lobby_unit *unit);

/**
 * Somebody who is listed in a lobby.
 */
typedef struct vestibule_lobby_resident {
  /**
   * `sizeof(vestibule_lobby_resident)` in the library.
   */
  uint32_t size;
  /**
   * 1 where the person receives calls, else 0.
   */
  uint32_t callable;
  /**
   * The handle of the person.
   */
  uint64_t person;
  /**
   * The name to show, in the bytes of the image; `data` is NULL where there is none.
   */
  struct vestibule_text name;
  /**
   * 0.
   */
  uint64_t reserved;
} vestibule_lobby_resident;

/**
 * Takes one resident, who is there until it returns; as `vestibule_visit`.
 */
typedef int32_t (*vestibule_visit_resident)(void *context, const struct vestibule_lobby_resident *resident);

#if defined(VESTIBULE_HOST)
/**
 * Bytes on the heap of the library: JSON, or an image. After them comes a NUL, which `length` leaves out. Whoever has one gives it
 * back as it is with `vestibule_buffer_free`, and with nothing else; a call that fills one writes over what is in it, and does not free
 * that. Filled with zeros it is empty.
 */
typedef struct vestibule_buffer {
  /**
   * The first byte; NULL where it is empty.
   */
  uint8_t *data;
  /**
   * How many bytes, without the NUL after them.
   */
  size_t length;
} vestibule_buffer;

/**
 * How an image is made. `VESTIBULE_FREEZE_INIT` sets `size`, and no limits; `slice` and `issued_at` must be set.
 */
typedef struct vestibule_freeze {
  /**
   * `sizeof(vestibule_freeze)`.
   */
  uint32_t size;
  /**
   * What it is to hold: `VESTIBULE_SLICE_…`.
   */
  uint32_t slice;
  /**
   * The id of the integration or person; not read where the slice is everything.
   */
  struct vestibule_text subject;
  /**
   * When it is issued, in milliseconds since 1970.
   */
  int64_t issued_at;
  /**
   * Milliseconds for which it is fresh; or `VESTIBULE_NO_LIMIT`.
   */
  uint64_t fresh_for;
  /**
   * Milliseconds after which nobody should rely on it; or `VESTIBULE_NO_LIMIT`.
   */
  uint64_t max_stale;
  /**
   * Must be 0.
   */
  uint64_t reserved[2];
} vestibule_freeze;
#endif

/**
 * Done.
 */
#define VESTIBULE_OK 0

/**
 * A pointer is NULL that must not be.
 */
#define VESTIBULE_E_NULL 1

/**
 * The `size` of a struct, or the size of memory, is too small for this library; or a length is beyond what memory can have.
 */
#define VESTIBULE_E_SIZE 2

/**
 * A pointer is not aligned for what it points to.
 */
#define VESTIBULE_E_ALIGNMENT 3

/**
 * A reserved field is not 0, or a field has a value that means nothing.
 */
#define VESTIBULE_E_VALUE 4

/**
 * The image is not open: filled with zeros, refused, or closed. That memory was written over is noticed mostly, not always.
 */
#define VESTIBULE_E_NOT_OPEN 5

/**
 * A panic was caught: a fault of this library. The object was not changed, or is poisoned. Only with the feature `std`.
 */
#define VESTIBULE_E_PANIC 6

/**
 * A panic was caught in an earlier call on this object; it answers no more and can only be closed or freed.
 */
#define VESTIBULE_E_POISONED 7

/**
 * The buffer is too short: it must have one byte more than the length that was written, unless `length` is NULL.
 */
#define VESTIBULE_E_BUFFER 8

/**
 * The bytes are no image, or a damaged one; the fault says where.
 */
#define VESTIBULE_E_IMAGE 20

/**
 * The principal is not of its form, expected `person:ID` or `unit_token:UNIT-ID`; where a person is asked for by id, an id.
 */
#define VESTIBULE_E_PRINCIPAL 30

/**
 * The action is not UTF-8, or longer than `VESTIBULE_MAX_TEXT`.
 */
#define VESTIBULE_E_ACTION 31

/**
 * The resource is not of its form, expected `platform`, or a kind, a colon and an id, as in `door:ID`; where an integration is asked for
 * by id, an id.
 */
#define VESTIBULE_E_RESOURCE 32

/**
 * The acting organisation is not an id.
 */
#define VESTIBULE_E_ACTING_ORG 33

/**
 * Nothing has this id, nor this key. In the image of a slice it may be elsewhere.
 */
#define VESTIBULE_E_UNKNOWN 40

/**
 * A number is no handle; 0 never is one.
 */
#define VESTIBULE_E_HANDLE 41

/**
 * The image does not hold what a list of this would need.
 */
#define VESTIBULE_E_OUTSIDE_SLICE 42

/**
 * The estate has faults; the refusal tells them.
 */
#define VESTIBULE_E_ESTATE 50

/**
 * A JSON is not of the form of what it should be; the refusal says where.
 */
#define VESTIBULE_E_UNREADABLE 51

/**
 * A command or query is refused; the refusal says why.
 */
#define VESTIBULE_E_REFUSED 52

/**
 * A change does not follow the revision of the directory, or is not of its state.
 */
#define VESTIBULE_E_APPLY 53

/**
 * There is no image of this: an unknown subject, limits that contradict each other, or too much for one image.
 */
#define VESTIBULE_E_FREEZE 54

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The words for a status, for logs: static, ended by a NUL. Never NULL.
 */
const char *vestibule_status_text(vestibule_status status);

/**
 * `VESTIBULE_ABI_VERSION` of the library. A program compares it with that of its header when it starts.
 */
uint32_t vestibule_abi_version(void);

/**
 * The version of the library, such as `0.1.0`: static, ended by a NUL; `VESTIBULE_VERSION` of the header that belongs to it.
 */
const char *vestibule_version(void);

/**
 * How many bytes a `vestibule_image` has in this library; `sizeof(vestibule_image)` of the header it was built with.
 */
size_t vestibule_image_size(void);

/**
 * The alignment of a `vestibule_image` in bytes.
 */
size_t vestibule_image_align(void);

/**
 * Opens an image: looks at every byte once, and copies none. `image` is memory of the caller's, of `image_size` bytes, whatever is in
 * it; an image that is open there is closed first. The bytes must stay where and as they are until the image, and each copy of it, is
 * closed; changed under an open image they make its answers worthless. They need no alignment. O(`length`). Of all calls it takes
 * the most stack: under 1 KB on a Cortex-M4.
 *
 * `VESTIBULE_E_IMAGE` where the bytes are no image; then `fault`, unless it is NULL, says what and where. A fault is written only
 * then, and the image is closed then: to keep the one that answers, open the next in memory of its own.
 *
 * # Safety
 *
 * `image` points to `image_size` writable bytes that no other call uses, in another thread, an interrupt, or a function that a list
 * calls; `bytes` to `length` readable ones, `fault` is NULL or points to one.
 */
vestibule_status vestibule_image_open(struct vestibule_image *image,
                                      size_t image_size,
                                      const uint8_t *bytes,
                                      size_t length,
                                      struct vestibule_image_fault *fault);

/**
 * Closes an image; its bytes may change then, unless a copy of it is open, which is closed on its own. To close one that is not open
 * does nothing.
 *
 * # Safety
 *
 * `image` points to a `vestibule_image` that no other call uses, in another thread, an interrupt, or a function that a list calls.
 */
vestibule_status vestibule_image_close(struct vestibule_image *image);

/**
 * What the image says of itself.
 *
 * # Safety
 *
 * `image` points to a `vestibule_image`, `header` to a writable `vestibule_image_header`.
 */
vestibule_status vestibule_image_header_of(const struct vestibule_image *image,
                                           struct vestibule_image_header *header);

/**
 * Where an instant, in milliseconds since 1970, lies within the limits that the host gave: writes `VESTIBULE_BEFORE_ISSUE`,
 * `VESTIBULE_FRESH`, `VESTIBULE_STALE` or `VESTIBULE_TOO_OLD`. What follows from it is for the host to say; no decision reads it.
 *
 * # Safety
 *
 * `image` points to a `vestibule_image`, `freshness` to a writable number.
 */
vestibule_status vestibule_image_freshness(const struct vestibule_image *image,
                                           int64_t at,
                                           uint32_t *freshness);

/**
 * The handle of `person:ID` or `unit_token:UNIT-ID`, by id or alias. `VESTIBULE_E_PRINCIPAL` where it is not of that form,
 * `VESTIBULE_E_UNKNOWN` where the image has nobody of that id.
 *
 * # Safety
 *
 * `image` points to a `vestibule_image`, `principal` to readable bytes, `handle` to a writable number.
 */
vestibule_status vestibule_image_principal(const struct vestibule_image *image,
                                           struct vestibule_text principal,
                                           uint64_t *handle);

/**
 * The number of a permission key, such as `doors:open`. `VESTIBULE_E_UNKNOWN` where the image has no such key.
 *
 * # Safety
 *
 * As `vestibule_image_principal`.
 */
vestibule_status vestibule_image_key(const struct vestibule_image *image,
                                     struct vestibule_text action,
                                     uint64_t *key);

/**
 * The handle of a resource, such as `door:ID` or `platform`, by id or alias. `VESTIBULE_E_RESOURCE` where it is not of that form,
 * `VESTIBULE_E_UNKNOWN` where the image has none of that id, or may not be asked about it.
 *
 * # Safety
 *
 * As `vestibule_image_principal`.
 */
vestibule_status vestibule_image_resource(const struct vestibule_image *image,
                                          struct vestibule_text resource,
                                          uint64_t *handle);

/**
 * The handle of an organisation on whose behalf a question is asked, by id or alias. `VESTIBULE_E_ACTING_ORG` where it is no id,
 * `VESTIBULE_E_UNKNOWN` where the image has none of that id.
 *
 * # Safety
 *
 * As `vestibule_image_principal`.
 */
vestibule_status vestibule_image_organisation(const struct vestibule_image *image,
                                              struct vestibule_text organisation,
                                              uint64_t *handle);

/**
 * Writes the text of a principal, `person:ID` or `unit_token:UNIT-ID`, and a NUL. `length`, which may be NULL, takes its length
 * without the NUL: also where the buffer is too short, which is `VESTIBULE_E_BUFFER`; `VESTIBULE_NAME_BUFFER` bytes are enough for
 * any.
 *
 * # Safety
 *
 * `image` points to a `vestibule_image`, `buffer` to `capacity` writable bytes, `length` is NULL or points to a writable number.
 */
vestibule_status vestibule_image_principal_text(const struct vestibule_image *image,
                                                uint64_t principal,
                                                char *buffer,
                                                size_t capacity,
                                                size_t *length);

/**
 * Writes the text of a resource, such as `door:ID`, and a NUL; as `vestibule_image_principal_text`.
 *
 * # Safety
 *
 * As `vestibule_image_principal_text`.
 */
vestibule_status vestibule_image_resource_text(const struct vestibule_image *image,
                                               uint64_t resource,
                                               char *buffer,
                                               size_t capacity,
                                               size_t *length);

/**
 * The text of a permission key, in the bytes of the image.
 *
 * # Safety
 *
 * `image` points to a `vestibule_image`, `text` to a writable `vestibule_text`.
 */
vestibule_status vestibule_image_key_text(const struct vestibule_image *image,
                                          uint64_t key,
                                          struct vestibule_text *text);

/**
 * Decides, with ids as text. What is unknown, or outside the slice of the image, is a deny with its reason, and `VESTIBULE_OK`. Takes no
 * memory; O(grants of the principal), whatever the size of the image.
 *
 * `VESTIBULE_E_PRINCIPAL`, `_ACTION`, `_RESOURCE` or `_ACTING_ORG` where that field is not of its form.
 *
 * # Safety
 *
 * `image` points to a `vestibule_image`, `request` to a request whose texts can be read, `decision` to a writable
 * `vestibule_decision`.
 */
vestibule_status vestibule_image_decide(const struct vestibule_image *image,
                                        const struct vestibule_request *request,
                                        struct vestibule_decision *decision);

/**
 * Decides with handles of this image; `acting_org` may be `VESTIBULE_NO_ORGANISATION`. As `vestibule_image_decide`, and faster: nothing
 * is looked up.
 *
 * `VESTIBULE_E_HANDLE` where a number is no handle of its kind, as 0 never is. A handle of another image names something else
 * or nothing, and the answer is about that.
 *
 * # Safety
 *
 * `image` points to a `vestibule_image`, `decision` to a writable `vestibule_decision`.
 */
vestibule_status vestibule_image_decide_handles(const struct vestibule_image *image,
                                                uint64_t principal,
                                                uint64_t key,
                                                uint64_t resource,
                                                uint64_t acting_org,
                                                int64_t at,
                                                struct vestibule_decision *decision);

/**
 * The word for a reason, such as `no_grant`: static, ended by a NUL. `unknown` for a number that is none; never NULL.
 */
const char *vestibule_reason_text(uint16_t reason);

/**
 * The word for a basis, such as `residency`: static, ended by a NUL. `unknown` for a number that is none; never NULL.
 */
const char *vestibule_basis_text(uint8_t basis);

/**
 * The people who may do something, by id: those whom `vestibule_image_decide` allows it, on behalf of no organisation. Items are
 * handles of principals. O(people of the image), each a decision. `VESTIBULE_E_OUTSIDE_SLICE` where the slice does not hold the
 * resource, or is that of a person. Nobody may do anything to a handle of another image that names nothing here.
 *
 * # Safety
 *
 * `image` points to a `vestibule_image`; `visit` may be called with `context`.
 */
vestibule_status vestibule_image_who_can(const struct vestibule_image *image,
                                         uint64_t key,
                                         uint64_t resource,
                                         int64_t at,
                                         vestibule_visit visit,
                                         void *context);

/**
 * The resources on which a person may do something, by id, of the kind that the key is about, in the slice of an integration those
 * inside it. Items are handles of resources. O(resources of the kind), each a decision. Nothing for the token of a unit.
 *
 * # Safety
 *
 * As `vestibule_image_who_can`.
 */
vestibule_status vestibule_image_what_can(const struct vestibule_image *image,
                                          uint64_t principal,
                                          uint64_t key,
                                          int64_t at,
                                          vestibule_visit visit,
                                          void *context);

/**
 * The keys that a principal has on a resource, in the order of their text. Items are numbers of keys. A decision a key of the catalog.
 * `VESTIBULE_E_OUTSIDE_SLICE` where the image does not hold the resource.
 *
 * # Safety
 *
 * As `vestibule_image_who_can`.
 */
vestibule_status vestibule_image_permissions(const struct vestibule_image *image,
                                             uint64_t principal,
                                             uint64_t resource,
                                             int64_t at,
                                             vestibule_visit visit,
                                             void *context);

/**
 * The units that the panel of an integration shows, by number, then id: those where somebody is listed. `integration` is the handle of
 * the integration: in the image of a panel the `subject` that `vestibule_image_header_of` writes. O(grants of the residents). `VESTIBULE_E_HANDLE` where it is the handle of no integration,
 * `VESTIBULE_E_OUTSIDE_SLICE` where the slice does
 * not hold the integration, or is that of a person.
 *
 * # Safety
 *
 * `image` points to a `vestibule_image`; `visit` may be called with `context`.
 */
vestibule_status vestibule_image_lobby(const struct vestibule_image *image,
                                       uint64_t integration,
                                       int64_t at,
                                       vestibule_visit_unit visit,
                                       void *context);

/**
 * Who is listed of a unit, by id. Nobody where the unit is not in the directory at that instant. `VESTIBULE_E_HANDLE` where it is the
 * handle of no unit.
 *
 * # Safety
 *
 * As `vestibule_image_lobby`.
 */
vestibule_status vestibule_image_lobby_residents(const struct vestibule_image *image,
                                                 uint64_t unit,
                                                 int64_t at,
                                                 vestibule_visit_resident visit,
                                                 void *context);

#if defined(VESTIBULE_HOST)
/**
 * Frees what is in a buffer, and leaves it empty. An empty one, and NULL, are left alone.
 *
 * # Safety
 *
 * `buffer` is NULL or points to one that this library filled, or that is filled with zeros.
 */
void vestibule_buffer_free(struct vestibule_buffer *buffer);

/**
 * Loads an estate from its JSON (core/docs/estate.md) into `*directory`, which the caller gives back with `vestibule_directory_free`.
 *
 * `VESTIBULE_E_ESTATE` where it has faults; `refusal`, unless it is NULL, tells all of them then.
 *
 * # Safety
 *
 * `json` points to `length` readable bytes, `directory` to a writable pointer, `refusal` is NULL or points to a buffer.
 */
vestibule_status vestibule_directory_load(const uint8_t *json,
                                          size_t length,
                                          struct vestibule_directory **directory,
                                          struct vestibule_buffer *refusal);

/**
 * Makes a copy, to try something on; as `vestibule_directory_load`. O(estate).
 *
 * # Safety
 *
 * `directory` points to a directory, `copy` to a writable pointer.
 */
vestibule_status vestibule_directory_clone(const struct vestibule_directory *directory,
                                           struct vestibule_directory **copy);

/**
 * Frees a directory and writes NULL over the pointer to it. Where that is NULL already, or `directory` is, nothing happens.
 *
 * # Safety
 *
 * `directory` is NULL or points to a pointer that is NULL, or to a directory that nobody uses.
 */
void vestibule_directory_free(struct vestibule_directory **directory);

/**
 * The estate as it is now, as JSON in canonical order.
 *
 * # Safety
 *
 * `directory` points to a directory, `estate` to a buffer.
 */
vestibule_status vestibule_directory_estate(const struct vestibule_directory *directory,
                                            struct vestibule_buffer *estate);

/**
 * The SHA-256 of the estate: 32 bytes.
 *
 * # Safety
 *
 * `directory` points to a directory, `digest` to 32 writable bytes.
 */
vestibule_status vestibule_directory_digest(const struct vestibule_directory *directory, uint8_t *digest);

/**
 * The revision of the estate.
 *
 * # Safety
 *
 * `directory` points to a directory, `revision` to a writable number.
 */
vestibule_status vestibule_directory_revision(const struct vestibule_directory *directory,
                                              uint64_t *revision);

/**
 * Decides, with ids as text; as `vestibule_image_decide`, with the same answer.
 *
 * # Safety
 *
 * `directory` points to a directory, `request` to a request whose texts can be read, `decision` to a writable
 * `vestibule_decision`.
 */
vestibule_status vestibule_directory_decide(const struct vestibule_directory *directory,
                                            const struct vestibule_request *request,
                                            struct vestibule_decision *decision);

/**
 * The permission keys that a principal has on a resource, as a JSON array of texts.
 *
 * # Safety
 *
 * `directory` points to a directory, the texts to readable bytes, `list` to a buffer.
 */
vestibule_status vestibule_directory_permissions(const struct vestibule_directory *directory,
                                                 struct vestibule_text principal,
                                                 struct vestibule_text resource,
                                                 int64_t at,
                                                 struct vestibule_buffer *list);

/**
 * The resources on which a person may do something, such as `door:ID`, as a JSON array of texts. `person` is an id.
 *
 * # Safety
 *
 * As `vestibule_directory_permissions`.
 */
vestibule_status vestibule_directory_what_can(const struct vestibule_directory *directory,
                                              struct vestibule_text person,
                                              struct vestibule_text action,
                                              int64_t at,
                                              struct vestibule_buffer *list);

/**
 * The ids of the people who may do something, as a JSON array of texts.
 *
 * # Safety
 *
 * As `vestibule_directory_permissions`.
 */
vestibule_status vestibule_directory_who_can(const struct vestibule_directory *directory,
                                             struct vestibule_text action,
                                             struct vestibule_text resource,
                                             int64_t at,
                                             struct vestibule_buffer *list);

/**
 * Who is shown in the lobby of an integration, by number of the unit, as a JSON array of units. `integration` is an id.
 *
 * # Safety
 *
 * As `vestibule_directory_permissions`.
 */
vestibule_status vestibule_directory_lobby(const struct vestibule_directory *directory,
                                           struct vestibule_text integration,
                                           int64_t at,
                                           struct vestibule_buffer *list);

/**
 * Explains a decision of a directory, as JSON: `effect`, `reason`, `code`, `headline`, `facts`, `reasons`, `nearest`
 * (core/docs/semantics.md). The answer is that of `vestibule_directory_decide`.
 *
 * # Safety
 *
 * `directory` points to a directory, `request` to a request whose texts can be read, `explanation` to a buffer.
 */
vestibule_status vestibule_directory_explain(const struct vestibule_directory *directory,
                                             const struct vestibule_request *request,
                                             struct vestibule_buffer *explanation);

/**
 * Explains a decision of an image, as `vestibule_directory_explain`.
 *
 * # Safety
 *
 * `image` points to a `vestibule_image`, and so on.
 */
vestibule_status vestibule_image_explain(const struct vestibule_image *image,
                                         const struct vestibule_request *request,
                                         struct vestibule_buffer *explanation);

/**
 * Carries a command out; `outcome` takes what came of it. `context` says who asks, for which organisation, and when.
 *
 * `VESTIBULE_E_UNREADABLE` where a JSON is not of its form, `VESTIBULE_E_REFUSED` where the command is refused: nothing has changed then,
 * and `refusal`, unless it is NULL, tells why, with the body that a server would answer with.
 *
 * # Safety
 *
 * `directory` points to a directory that nobody else uses, the texts to readable bytes, `outcome` to a buffer, `refusal` is NULL or
 * points to one.
 */
vestibule_status vestibule_directory_execute(struct vestibule_directory *directory,
                                             struct vestibule_text context,
                                             struct vestibule_text command,
                                             struct vestibule_buffer *outcome,
                                             struct vestibule_buffer *refusal);

/**
 * What a command would come to, as `vestibule_directory_execute`; changes nothing. A host with a journal stores the `change` of the
 * outcome, and then applies it.
 *
 * # Safety
 *
 * As `vestibule_directory_execute`, but others may look at the directory.
 */
vestibule_status vestibule_directory_prepare(const struct vestibule_directory *directory,
                                             struct vestibule_text context,
                                             struct vestibule_text command,
                                             struct vestibule_buffer *outcome,
                                             struct vestibule_buffer *refusal);

/**
 * Applies a change that was prepared: the `change` of an outcome.
 *
 * `VESTIBULE_E_APPLY` where it does not follow the revision of the directory, or is of a later version: nothing has changed then. Where an
 * event of it does not fit, which happens only to a change of another estate or a damaged one, the directory is poisoned as well.
 *
 * # Safety
 *
 * As `vestibule_directory_execute`.
 */
vestibule_status vestibule_directory_apply(struct vestibule_directory *directory,
                                           struct vestibule_text change,
                                           struct vestibule_buffer *refusal);

/**
 * Answers a caller, as `vestibule_directory_execute` does; changes nothing.
 *
 * # Safety
 *
 * As `vestibule_directory_prepare`.
 */
vestibule_status vestibule_directory_query(const struct vestibule_directory *directory,
                                           struct vestibule_text context,
                                           struct vestibule_text query,
                                           struct vestibule_buffer *answer,
                                           struct vestibule_buffer *refusal);

/**
 * The name of a command, as in the `command` of its JSON, counted from 0; no text beyond the last. Static.
 */
struct vestibule_text vestibule_command_name(size_t number);

/**
 * The name of a query, as in the `query` of its JSON, counted from 0; no text beyond the last. Static.
 */
struct vestibule_text vestibule_query_name(size_t number);

/**
 * Freezes all or a slice of a directory into the bytes of an image. The same estate and options give the same bytes.
 *
 * `VESTIBULE_E_FREEZE` where the integration or person is unknown, or the limits contradict each other; `refusal`, unless it is NULL,
 * tells it then.
 *
 * # Safety
 *
 * `directory` points to a directory, `options` to options whose text can be read, `image` to a buffer, `refusal` is NULL or points to
 * one.
 */
vestibule_status vestibule_directory_freeze(const struct vestibule_directory *directory,
                                            const struct vestibule_freeze *options,
                                            struct vestibule_buffer *image,
                                            struct vestibule_buffer *refusal);
#endif

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

/** A request that asks on behalf of nobody, to be filled in: `vestibule_request request = VESTIBULE_REQUEST_INIT;` */
#define VESTIBULE_REQUEST_INIT \
  { sizeof(vestibule_request), VESTIBULE_ACTING_FOR_NOBODY, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, 0, { 0, 0 } }

/** The text of a literal, to begin a `vestibule_text` with, also a static one. */
#define VESTIBULE_TEXT(literal) { "" literal, sizeof("" literal) - 1 }

/** An image that is closed. */
#define VESTIBULE_IMAGE_INIT { { NULL } }

/** A decision, to be written: a deny until it is. */
#define VESTIBULE_DECISION_INIT { sizeof(vestibule_decision), 0, VESTIBULE_DENY, 0, 0, 0, 0, 0 }

/** A fault, to be written. */
#define VESTIBULE_IMAGE_FAULT_INIT { sizeof(vestibule_image_fault), 0, NULL, NULL, 0 }

/** A header of an image, to be written. */
#define VESTIBULE_IMAGE_HEADER_INIT { sizeof(vestibule_image_header), 0, 0, 0, 0, 0, 0, { 0 }, { 0, 0 } }

#if defined(VESTIBULE_HOST)
/** How an image is made, without limits, to be filled in. */
#define VESTIBULE_FREEZE_INIT \
  { sizeof(vestibule_freeze), 0, { NULL, 0 }, 0, VESTIBULE_NO_LIMIT, VESTIBULE_NO_LIMIT, { 0, 0 } }
#endif

/** The text of a string that ends with a NUL; no text for NULL. The string must outlive it. */
static inline vestibule_text vestibule_text_of(const char *string) {
  vestibule_text text;
  text.data = string;
  text.length = string == NULL ? 0 : strlen(string);
  return text;
}

#endif  /* VESTIBULE_H */
