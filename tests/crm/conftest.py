import pytest

from tests.crm.company import HUBSPOT_FIELDS, SALESFORCE_FIELDS
from tests.crm.servers import HubSpot, Salesforce


@pytest.fixture
def hubspot():
    server = HubSpot({f"a{n}": {} for n in range(1000)}, HUBSPOT_FIELDS)
    yield server
    server.close()


@pytest.fixture
def salesforce():
    server = Salesforce({f"a{n}": {} for n in range(1000)}, SALESFORCE_FIELDS)
    yield server
    server.close()
