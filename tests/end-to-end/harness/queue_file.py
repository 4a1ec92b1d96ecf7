"""A Postfix queue file as records (src/global/record.c of Postfix): a type, a length of seven bits a byte, the bytes."""

POINTER, SIZE, TIME, ATTRIBUTE = b'p', b'C', b'T', b'A'
MESSAGE_STARTS, MESSAGE_ENDS = b'M', b'X'
PADDING = b'w'


def records(data):
    """(type, bytes) of each record, in the order of the file."""
    found, at = [], 0
    while at < len(data):
        kind, at, length, shift = data[at:at + 1], at + 1, 0, 0
        while True:
            byte = data[at]
            at += 1
            length |= (byte & 0x7f) << shift
            shift += 7
            if not byte & 0x80:
                break
        found.append((kind, data[at:at + length]))
        at += length
    return found


def parts(data):
    """(envelope records, records of the message, extracted records)."""
    all_records = records(data)
    kinds = [kind for kind, _ in all_records]
    starts, ends = kinds.index(MESSAGE_STARTS), kinds.index(MESSAGE_ENDS)
    return all_records[:starts], all_records[starts + 1:ends], all_records[ends + 1:]


def message_bytes(message_records):
    """The message: `N` is a line, `L` a part of a longer one; pointers and padding are no part of it."""
    return b''.join(content + b'\n' if kind == b'N' else content for kind, content in message_records if kind in (b'N', b'L'))
