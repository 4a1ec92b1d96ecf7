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


def late_bounce(original, recipient):
    """What a customer's server sends that took a mail and found afterwards that it has no such user (RFC 3464)."""
    mail = parse(original)
    header = original.replace(b'\r\n', b'\n').partition(b'\n\n')[0].replace(b'\n', b'\r\n')
    domain = recipient.rpartition('@')[2]
    return (f'From: Mail Delivery System <MAILER-DAEMON@mx.{domain}>\r\nTo: {parseaddr(mail["From"])[1]}\r\n'
            f'Subject: Undelivered Mail Returned to Sender\r\nDate: {mail["Date"]}\r\n'
            f'Message-ID: <bounce.{parseaddr(mail["Message-ID"])[1]}>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n'
            'Content-Type: multipart/report; report-type=delivery-status; boundary="=_bounce"\r\n\r\n'
            '--=_bounce\r\nContent-Type: text/plain\r\n\r\nI am sorry to have to inform you that your message could not be delivered.\r\n\r\n'
            f'<{recipient}>: User unknown in virtual mailbox table\r\n\r\n'
            '--=_bounce\r\nContent-Type: message/delivery-status\r\n\r\n'
            f'Reporting-MTA: dns; mx.{domain}\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\nAction: failed\r\n'
            'Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown in virtual mailbox table\r\n\r\n'
            '--=_bounce\r\nContent-Type: text/rfc822-headers\r\n\r\n').encode() + header + b'\r\n\r\n--=_bounce--\r\n'


def parse(data):
    """A message that arrived somewhere."""
    return email.message_from_bytes(data, policy=email.policy.default)


def body_text(mail):
    part = mail.get_body(('plain',))
    return part.get_content() if part else ''


def attachment_names(mail):
    return [part.get_filename() for part in mail.iter_attachments()]
