"""Sends sample inputs with boto3 and says what botocore's own models make of both ends.

Reads {"url", "cases": [{"client", "operation", "input", "output"}]} from stdin, writes one result a case:
{"sent": the input as botocore knows it} and, if the answer differs from "output", "expected" and "answered".
Members that botocore does not know (the SDK for JavaScript may be newer) are left out on both ends.
"""
import base64
import json
import sys
from datetime import datetime

import boto3
from botocore.config import Config


def known(shape, value):
    """The value as botocore knows it, with timestamps and blobs as Python's own."""
    kind = shape.type_name
    if kind == 'structure' and not getattr(shape, 'is_document_type', False):
        return {k: known(shape.members[k], v) for k, v in value.items() if k in shape.members}
    if kind == 'list':
        return [known(shape.member, v) for v in value]
    if kind == 'map':
        return {k: known(shape.value, v) for k, v in value.items()}
    if kind == 'timestamp':
        return datetime.fromisoformat(value.replace('Z', '+00:00'))
    if kind == 'blob':
        return base64.b64decode(value)
    return value


def plain(value):
    """The value as JSON: timestamps in ISO 8601, blobs in base64, streams read."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if k != 'ResponseMetadata'}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, datetime):
        return value.strftime('%Y-%m-%dT%H:%M:%S.000Z')
    if hasattr(value, 'read'):
        value = value.read()
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    if hasattr(value, '__iter__') and not isinstance(value, str):
        return plain(next(iter(value)))
    return value


def judge(case, client):
    operation = client.meta.service_model.operation_model(case['operation'])
    sent = known(operation.input_shape, case['input']) if operation.input_shape else {}
    expected = known(operation.output_shape, case['output']) if operation.output_shape else {}
    answered = client._make_api_call(case['operation'], sent)
    result = {'sent': plain(sent)}
    if plain(answered) != plain(expected):
        result.update(expected=plain(expected), answered=plain(answered))
    return result


def main():
    asked = json.load(sys.stdin)
    config = Config(parameter_validation=False, inject_host_prefix=False, retries={'max_attempts': 0})
    clients = {}
    for case in asked['cases']:
        name = case['client']
        if name not in clients:
            clients[name] = boto3.client(
                name,
                endpoint_url=asked['url'],
                region_name='eu-west-1',
                aws_access_key_id='AKID',
                aws_secret_access_key='secret',
                config=config,
            )
        client = clients[name]
        if case['operation'] not in client.meta.service_model.operation_names:
            print(json.dumps({'unknown': True}))
            continue
        try:
            print(json.dumps(judge(case, client)))
        except Exception as error:
            print(json.dumps({'failed': f'{type(error).__name__}: {error}'}))


main()
