"""Messages of the tests, as bytes with CRLF. The standard library writes them; what must be odd is given as bytes."""
import email
import email.policy
import mimetypes
import pathlib
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr


class Message:
    """A mail with text, maybe attachments, maybe an answer to another one."""

    def __init__(self, sender, recipients, subject, text, *, date=None, attachments=(), answer_to=None, headers=(),
                 message_id=None):
        recipients = [recipients] if isinstance(recipients, str) else list(recipients)
        mail = EmailMessage(policy=email.policy.SMTP)
        mail['From'] = sender
        mail['To'] = ', '.join(recipients)
        mail['Subject'] = subject
        if date is not None:
            mail['Date'] = format_datetime(date)
        self.id = message_id or make_msgid(domain=parseaddr(sender)[1].rpartition('@')[2] or 'client.example')
        mail['Message-ID'] = self.id
        if answer_to:
            mail['In-Reply-To'] = answer_to
            mail['References'] = answer_to
        for name, value in headers:
            mail[name] = value
        mail.set_content(text)
        for path in attachments:
            path = pathlib.Path(path)
            main, _, sub = (mimetypes.guess_type(path.name)[0] or 'application/octet-stream').partition('/')
            mail.add_attachment(path.read_bytes(), maintype=main, subtype=sub, filename=path.name)
        self.sender = parseaddr(sender)[1]
        self.recipients = [parseaddr(one)[1] for one in recipients]
        self.bytes = mail.as_bytes()
        self.parsed = mail


def parse(data):
    """A message that arrived somewhere."""
    return email.message_from_bytes(data, policy=email.policy.default)


def body_text(mail):
    part = mail.get_body(('plain',))
    return part.get_content() if part else ''


def attachment_names(mail):
    return [part.get_filename() for part in mail.iter_attachments()]
